// Generated from the protocol crate; do not edit.

/**
 * Why the server wants new tokens.
 *
 * - "unauthorized": The backend answered a request with status 401.
 */
export type ChatgptAuthTokensRefreshReason = "unauthorized";
