// Generated from the protocol crate; do not edit.

import type { Thread } from "./Thread";

/**
 * Result of `thread/list`.
 */
export type ThreadListResponse = {
  /**
   * The threads of this page, without turns.
   */
  data: Array<Thread>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
  /**
   * Cursor for going the other way, with `sortDirection` turned round; null on an empty page.
   */
  backwardsCursor: string | null,
};
