// Generated from the protocol crate; do not edit.

/**
 * A spending limit and its use. Amounts are texts and pass through as the backend wrote them.
 */
export type SpendControlLimitSnapshot = {
  /**
   * The amount allowed per period.
   */
  limit: string,
  /**
   * The amount used in this period.
   */
  used: string,
  /**
   * What is left of the limit, in percent.
   */
  remainingPercent: number,
  /**
   * When the next period begins, in Unix seconds.
   */
  resetsAt: number,
};
