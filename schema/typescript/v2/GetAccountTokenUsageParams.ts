// Generated from the protocol crate; do not edit.

/**
 * Params of `account/usage/read`.
 */
export type GetAccountTokenUsageParams = {
  /**
   * Reads the estimate for this thread in place of the account's tokens; absent or null: the account.
   */
  threadId?: string | null,
};
