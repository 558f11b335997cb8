// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/queue/start`.
 */
export type ThreadQueueStartParams = {
  /**
   * The thread to start the turn in.
   */
  threadId: string,
  /**
   * The entry to start with; absent or null: the server's choice.
   */
  queuedSubmissionId?: string | null,
};
