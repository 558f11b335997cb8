// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/queue/reorder`.
 */
export type ThreadQueueReorderParams = {
  /**
   * The thread whose queue it is.
   */
  threadId: string,
  /**
   * Ids of the entries in the order wanted.
   */
  queuedSubmissionIds: Array<string>,
};
