// Generated from the protocol crate; do not edit.

import type { ThreadItemEntry } from "./ThreadItemEntry";

/**
 * Result of `thread/items/read`.
 */
export type ThreadItemsReadResponse = {
  /**
   * The items, whole, in the order in which they are stored.
   */
  data: Array<ThreadItemEntry>,
};
