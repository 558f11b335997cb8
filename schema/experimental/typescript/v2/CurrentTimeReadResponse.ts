// Generated from the protocol crate; do not edit.

/**
 * Result of `currentTime/read`.
 */
export type CurrentTimeReadResponse = {
  /**
   * The time in whole Unix seconds.
   */
  currentTimeAt: number,
};
