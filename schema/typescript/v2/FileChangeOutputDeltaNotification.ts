// Generated from the protocol crate; do not edit.

/**
 * `item/fileChange/outputDelta`: text of a patch. Deprecated; servers have stopped sending it.
 */
export type FileChangeOutputDeltaNotification = {
  /**
   * The thread of the item.
   */
  threadId: string,
  /**
   * The turn of the item.
   */
  turnId: string,
  /**
   * The `fileChange` item.
   */
  itemId: string,
  /**
   * The text to append.
   */
  delta: string,
};
