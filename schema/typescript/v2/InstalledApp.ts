// Generated from the protocol crate; do not edit.

/**
 * How an installed app stands.
 */
export type InstalledApp = {
  /**
   * Id of the app.
   */
  id: string,
  /**
   * Name as far as the tool list carries one, else null; `app/read` has the name that counts.
   */
  runtimeName: string | null,
  /**
   * Whether the configuration as a whole, managed settings included, leaves it on at the time of reading.
   */
  enabled: boolean,
  /**
   * Whether it is on and the model can see at least one real tool of it that the policies for MCP, apps and tools
   * allow.
   */
  callable: boolean,
};
