// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/unsubscribe`: this connection wants no more of the thread's notifications.
 */
export type ThreadUnsubscribeParams = {
  /**
   * The thread.
   */
  threadId: string,
};
