// Generated from the protocol crate; do not edit.

/**
 * `item/reasoning/summaryTextDelta`: more text of a part of the summary.
 */
export type ReasoningSummaryTextDeltaNotification = {
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
   * Index of the part in the item's `summary`, from 0.
   */
  summaryIndex: number,
};
