// Generated from the protocol crate; do not edit.

import type { ThreadItem } from "./ThreadItem";

/**
 * `item/completed`: an item is final. It counts over all deltas.
 */
export type ItemCompletedNotification = {
  /**
   * The item as it will be read back.
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
   * Tokens of an assistant message as the model counted them; absent when unknown. Not stored.
   */
  contentTokenCount: number | null,
  /**
   * When it was completed, in Unix milliseconds.
   */
  completedAtMs: number,
};
