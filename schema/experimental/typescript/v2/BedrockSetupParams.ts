// Generated from the protocol crate; do not edit.

/**
 * Params of `account/bedrock/setup`: where the credentials come from.
 */
export type BedrockSetupParams =
  /**
   * From an AWS profile.
   */
  {
    type: "profile",
    /**
     * Name of the profile.
     */
    profile: string,
    /**
     * AWS region to use.
     */
    region: string,
  }
  /**
   * From the server's environment.
   */
  | {
    type: "environment",
    /**
     * AWS region to use.
     */
    region: string,
  };
