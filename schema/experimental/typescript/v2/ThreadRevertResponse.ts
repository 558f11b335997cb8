// Generated from the protocol crate; do not edit.

import type { Thread } from "./Thread";

/**
 * Result of `thread/revert`: the thread, and where to read what is left of its history.
 */
export type ThreadRevertResponse = {
  /**
   * The thread as it is now, loaded and without turns; page through `thread/turns/list` for them.
   */
  thread: Thread,
  /**
   * Cursor for `thread/turns/list` with direction `desc`; the page begins with the turn it stands for. Null when
   * there is nothing to page.
   */
  turnsBackwardsCursor: string | null,
  /**
   * Cursor for `thread/items/list` with direction `desc`; the page begins with the item it stands for. Null when
   * there is nothing to page.
   */
  itemsBackwardsCursor: string | null,
};
