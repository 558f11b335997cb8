// Generated from the protocol crate; do not edit.

/**
 * Result of `mcpServer/oauth/login`; the login itself goes on after it.
 */
export type McpServerOauthLoginResponse = {
  /**
   * The URL to open in a browser.
   */
  authorizationUrl: string,
  /**
   * Id of this attempt, repeated in `mcpServer/oauthLogin/completed`. Always sent now; left out by older servers.
   */
  loginId?: string,
};
