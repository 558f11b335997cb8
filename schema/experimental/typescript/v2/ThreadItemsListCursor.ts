// Generated from the protocol crate; do not edit.

import type { ThreadItemsListAnchor } from "./ThreadItemsListAnchor";

/**
 * Where a page of items begins: a cursor of an answer, or an item.
 */
export type ThreadItemsListCursor =
  /**
   * An opaque cursor from an answer to `thread/items/list`.
   */
  string
  /**
   * An item to begin beside.
   */
  | ThreadItemsListAnchor;
