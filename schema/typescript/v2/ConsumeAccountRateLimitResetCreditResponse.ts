// Generated from the protocol crate; do not edit.

import type { ConsumeAccountRateLimitResetCreditOutcome } from "./ConsumeAccountRateLimitResetCreditOutcome";

/**
 * Result of `account/rateLimitResetCredit/consume`.
 */
export type ConsumeAccountRateLimitResetCreditResponse = {
  /**
   * What came of it.
   */
  outcome: ConsumeAccountRateLimitResetCreditOutcome,
};
