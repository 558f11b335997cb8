// Generated from the protocol crate; do not edit.

import type { ThreadItem } from "./ThreadItem";

/**
 * `item/started`: a new item, as far as it is known.
 */
export type ItemStartedNotification = {
  /**
   * The item; texts are still empty.
   */
  item: ThreadItem,
  /**
   * The thread of the item.
   */
  threadId: string,
  /**
   * The turn of the item.
   */
  turnId: string,
  /**
   * When it started, in Unix milliseconds.
   */
  startedAtMs: number,
};
