// Generated from the protocol crate; do not edit.

/**
 * `thread/goal/cleared`: a thread has no goal; also told on resume when there is none.
 */
export type ThreadGoalClearedNotification = {
  /**
   * The thread.
   */
  threadId: string,
};
