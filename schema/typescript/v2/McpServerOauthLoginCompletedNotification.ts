// Generated from the protocol crate; do not edit.

/**
 * Params of `mcpServer/oauthLogin/completed`: which login ended, and how.
 */
export type McpServerOauthLoginCompletedNotification = {
  /**
   * Name of the MCP server, as configured.
   */
  name: string,
  /**
   * The thread that was named at the start of the login; null when none was.
   */
  threadId: string | null,
  /**
   * Id of the attempt, as answered by `mcpServer/oauth/login`. Left out by servers that are older than it.
   */
  loginId?: string,
  /**
   * Whether the login worked.
   */
  success: boolean,
  /**
   * Why it failed, for people; left out on success.
   */
  error?: string,
};
