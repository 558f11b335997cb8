// Generated from the protocol crate; do not edit.

/**
 * The app behind a tool.
 */
export type McpToolCallAppContext = {
  /**
   * Id of the app.
   */
  connectorId: string,
  /**
   * Id of the user's connection to it; null when unknown.
   */
  linkId: string | null,
  /**
   * The resource of the app that is concerned; null when none.
   */
  resourceUri: string | null,
  /**
   * The app's name for people; null when unknown.
   */
  appName: string | null,
  /**
   * What the tool does, for people; null when unknown.
   */
  actionName: string | null,
};
