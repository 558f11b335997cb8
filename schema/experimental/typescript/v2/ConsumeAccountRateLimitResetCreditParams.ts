// Generated from the protocol crate; do not edit.

/**
 * Params of `account/rateLimitResetCredit/consume`.
 */
export type ConsumeAccountRateLimitResetCreditParams = {
  /**
   * The client's own id of this attempt, best a UUID; send it unchanged when trying again.
   */
  idempotencyKey: string,
  /**
   * Id of the credit to spend; absent or null: the backend picks the next one.
   */
  creditId?: string | null,
};
