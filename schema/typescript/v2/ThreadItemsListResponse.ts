// Generated from the protocol crate; do not edit.

import type { ThreadItemEntry } from "./ThreadItemEntry";

/**
 * Result of `thread/items/list`.
 */
export type ThreadItemsListResponse = {
  /**
   * The items of this page.
   */
  data: Array<ThreadItemEntry>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
  /**
   * Cursor for going the other way, with `sortDirection` turned round; null on an empty page.
   */
  backwardsCursor: string | null,
};
