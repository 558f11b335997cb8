// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/backgroundTerminals/clean`.
 */
export type ThreadBackgroundTerminalsCleanParams = {
  /**
   * The thread whose terminals to stop.
   */
  threadId: string,
};
