// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/queue/delete`.
 */
export type ThreadQueueDeleteParams = {
  /**
   * The thread whose queue it is.
   */
  threadId: string,
  /**
   * The entry to take out.
   */
  queuedSubmissionId: string,
};
