// Generated from the protocol crate; do not edit.

import type { ChatgptAuthTokensRefreshReason } from "./ChatgptAuthTokensRefreshReason";

/**
 * Params of `account/chatgptAuthTokens/refresh`: why, and for which workspace.
 */
export type ChatgptAuthTokensRefreshParams = {
  /**
   * Why new tokens are needed.
   */
  reason: ChatgptAuthTokensRefreshReason,
  /**
   * Id of the workspace in use so far, a hint for clients that hold several logins; null when the old login named
   * none.
   */
  previousAccountId?: string,
};
