// Generated from the protocol crate; do not edit.

import type { Turn } from "./Turn";

/**
 * Result of `thread/turns/list`.
 */
export type ThreadTurnsListResponse = {
  /**
   * The turns of this page.
   */
  data: Array<Turn>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
  /**
   * Cursor for going the other way, with `sortDirection` turned round; the page begins with the same turn again, so
   * that changes to it are seen. Null on an empty page.
   */
  backwardsCursor: string | null,
};
