// Generated from the protocol crate; do not edit.

/**
 * `thread/reverted`: the history of a thread was cut short.
 */
export type ThreadRevertedNotification = {
  /**
   * The thread whose history changed.
   */
  threadId: string,
};
