// Generated from the protocol crate; do not edit.

/**
 * `item/reasoning/summaryPartAdded`: the next part of a summary begins.
 */
export type ReasoningSummaryPartAddedNotification = {
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
   * Index of the part in the item's `summary`, from 0.
   */
  summaryIndex: number,
};
