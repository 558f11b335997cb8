// Generated from the protocol crate; do not edit.

import type { RateLimitResetCreditStatus } from "./RateLimitResetCreditStatus";
import type { RateLimitResetType } from "./RateLimitResetType";

/**
 * A credit that resets limits early.
 */
export type RateLimitResetCredit = {
  /**
   * Opaque id of the credit, for `account/rateLimitResetCredit/consume`.
   */
  id: string,
  /**
   * What it resets.
   */
  resetType: RateLimitResetType,
  /**
   * Whether it can still be spent.
   */
  status: RateLimitResetCreditStatus,
  /**
   * When the account got it, in Unix seconds.
   */
  grantedAt: number,
  /**
   * When it lapses, in Unix seconds; null when it never does.
   */
  expiresAt: number | null,
  /**
   * Title for people, from the backend; null when it has none.
   */
  title: string | null,
  /**
   * Text for people, from the backend; null when it has none.
   */
  description: string | null,
};
