// Generated from the protocol crate; do not edit.

/**
 * Params of `threadSection/list`: which page.
 */
export type ThreadSectionListParams = {
  /**
   * Where to go on: `nextCursor` of the page before; absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Sections per page; absent or null: as many as the server likes.
   */
  limit?: number | null,
};
