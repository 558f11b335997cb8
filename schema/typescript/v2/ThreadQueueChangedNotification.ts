// Generated from the protocol crate; do not edit.

/**
 * `thread/queue/changed`: entries came, went, moved or changed; it does not carry them.
 */
export type ThreadQueueChangedNotification = {
  /**
   * The thread whose queue changed.
   */
  threadId: string,
};
