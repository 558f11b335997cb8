// Generated from the protocol crate; do not edit.

/**
 * How requests to a custom gateway are authenticated, told apart by `mode`.
 */
export type GatewayAuth =
  /**
   * Without credentials.
   */
  {
    mode: "none",
  }
  /**
   * By a key in an environment variable of the server.
   */
  | {
    mode: "environmentVariable",
    /**
     * Name of the variable, not its value.
     */
    envKey: string,
  }
  /**
   * By settings that the gateway form does not cover; whoever edits the provider leaves them as they are.
   */
  | {
    mode: "externallyConfigured",
    /**
     * Name of an environment variable among those settings; null when none is named.
     */
    envKey: string | null,
  };
