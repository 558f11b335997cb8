// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/loaded/list`.
 */
export type ThreadLoadedListParams = {
  /**
   * Where to go on: `nextCursor` of the page before; absent: from the start.
   */
  cursor?: string | null,
  /**
   * Ids per page; absent: all.
   */
  limit?: number | null,
};
