// Generated from the protocol crate; do not edit.

/**
 * `thread/name/updated`: a thread has another title.
 */
export type ThreadNameUpdatedNotification = {
  /**
   * The thread.
   */
  threadId: string,
  /**
   * The title; absent when it was taken away.
   */
  threadName?: string,
};
