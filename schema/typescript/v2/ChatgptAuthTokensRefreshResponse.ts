// Generated from the protocol crate; do not edit.

/**
 * The client's answer to `account/chatgptAuthTokens/refresh`: what to use from now on.
 */
export type ChatgptAuthTokensRefreshResponse = {
  /**
   * The new access token, a JWT; a secret: never logged.
   */
  accessToken: string,
  /**
   * Id of the workspace the token is for. A wrong one fails the turn.
   */
  chatgptAccountId: string,
  /**
   * The plan, in lower case; null takes it from the token.
   */
  chatgptPlanType: string | null,
};
