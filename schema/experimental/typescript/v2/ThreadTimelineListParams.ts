// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/timeline/list`: which page. Experimental.
 */
export type ThreadTimelineListParams = {
  /**
   * The thread whose timeline is read.
   */
  threadId: string,
  /**
   * Where to go on: `nextCursor` of the page before; absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Entries per page; absent or null: as many as the server likes.
   */
  limit?: number | null,
};
