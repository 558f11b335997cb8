// Generated from the protocol crate; do not edit.

import type { ThreadItem } from "./ThreadItem";

/**
 * An item, the turn it belongs to and when it ran.
 */
export type ThreadItemEntry = {
  /**
   * The turn that the item is part of.
   */
  turnId: string,
  /**
   * The item.
   */
  item: ThreadItem,
  /**
   * The stored output was left out, as `deferOutput` asked; `thread/items/read` gives the whole item. Default false.
   */
  outputDeferred?: boolean,
  /**
   * When it started, in Unix milliseconds; null when not recorded.
   */
  startedAtMs: number | null,
  /**
   * When it was completed, in Unix milliseconds; null when not recorded.
   */
  completedAtMs: number | null,
};
