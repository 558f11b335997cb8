// Generated from the protocol crate; do not edit.

import type { ThreadSearchResult } from "./ThreadSearchResult";

/**
 * Result of `thread/search`. Experimental.
 */
export type ThreadSearchResponse = {
  /**
   * The matching threads of this page.
   */
  data: Array<ThreadSearchResult>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
  /**
   * Cursor for going the other way, with `sortDirection` turned round; null on an empty page. With times it starts
   * at the page's first second, so that other threads of that second are not missed.
   */
  backwardsCursor: string | null,
};
