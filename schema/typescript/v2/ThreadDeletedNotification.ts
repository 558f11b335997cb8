// Generated from the protocol crate; do not edit.

/**
 * `thread/deleted`: a thread is gone for good.
 */
export type ThreadDeletedNotification = {
  /**
   * The thread that was deleted.
   */
  threadId: string,
};
