// Generated from the protocol crate; do not edit.

/**
 * Tokens used on one day.
 */
export type AccountTokenUsageDailyBucket = {
  /**
   * Day on which the bucket begins, as text.
   */
  startDate: string,
  /**
   * Tokens used in it.
   */
  tokens: number,
};
