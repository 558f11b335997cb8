// Generated from the protocol crate; do not edit.

/**
 * How full one window is.
 */
export type RateLimitWindow = {
  /**
   * Used share in percent, rounded; 100 is full.
   */
  usedPercent: number,
  /**
   * Length of the window in minutes; null when unknown.
   */
  windowDurationMins: number | null,
  /**
   * When the window starts anew, in Unix seconds; null when unknown.
   */
  resetsAt: number | null,
};
