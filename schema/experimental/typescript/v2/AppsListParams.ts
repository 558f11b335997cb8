// Generated from the protocol crate; do not edit.

/**
 * Params of `app/list`. Experimental.
 */
export type AppsListParams = {
  /**
   * Where to go on: `nextCursor` of the page before; absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Apps per page; absent or null: as many as the server likes.
   */
  limit?: number | null,
  /**
   * A thread whose configuration decides whether apps are on; absent or null: no thread's.
   */
  threadId?: string | null,
  /**
   * Asks the sources anew instead of answering from caches. Default false.
   */
  forceRefetch?: boolean,
};
