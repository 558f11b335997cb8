// Generated from the protocol crate; do not edit.

import type { RateLimitResetCredit } from "./RateLimitResetCredit";

/**
 * The account's reset credits.
 */
export type RateLimitResetCreditsSummary = {
  /**
   * How many can be spent.
   */
  availableCount: number,
  /**
   * The credits that can be spent, one by one; null when only their number is known, empty when there are none. The
   * backend may cut the list, so it can be shorter than `availableCount`.
   */
  credits: Array<RateLimitResetCredit> | null,
};
