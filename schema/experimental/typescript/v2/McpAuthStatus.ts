// Generated from the protocol crate; do not edit.

/**
 * How the client side is logged in at an MCP server.
 *
 * - "unknown": Not known.
 * - "unsupported": The server has no login that could be used.
 * - "notLoggedIn": The server has a login, but there is none yet.
 * - "bearerToken": By a configured bearer token.
 * - "oAuth": By OAuth, see `mcpServer/oauth/login`.
 */
export type McpAuthStatus = "unknown" | "unsupported" | "notLoggedIn" | "bearerToken" | "oAuth";
