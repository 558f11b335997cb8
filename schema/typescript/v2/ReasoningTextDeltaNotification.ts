// Generated from the protocol crate; do not edit.

/**
 * `item/reasoning/textDelta`: more raw reasoning; only when the configuration asks for it.
 */
export type ReasoningTextDeltaNotification = {
  /**
   * The thread of the item.
   */
  threadId: string,
  /**
   * The turn of the item.
   */
  turnId: string,
  /**
   * The item that grows; it was started before.
   */
  itemId: string,
  /**
   * The text to append.
   */
  delta: string,
  /**
   * Index of the part in the item's `content`, from 0.
   */
  contentIndex: number,
};
