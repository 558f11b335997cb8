// Generated from the protocol crate; do not edit.

/**
 * `thread/closed`: a thread is no longer in memory.
 */
export type ThreadClosedNotification = {
  /**
   * The thread.
   */
  threadId: string,
};
