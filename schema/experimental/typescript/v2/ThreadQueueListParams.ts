// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/queue/list`.
 */
export type ThreadQueueListParams = {
  /**
   * The thread whose queue is wanted.
   */
  threadId: string,
  /**
   * Where to go on: `nextCursor` of the page before; absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Entries per page; absent or null: as many as `thread/list` gives by default.
   */
  limit?: number | null,
};
