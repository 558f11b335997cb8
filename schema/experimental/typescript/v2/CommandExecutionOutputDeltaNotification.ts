// Generated from the protocol crate; do not edit.

/**
 * `item/commandExecution/outputDelta`: more output of a command.
 */
export type CommandExecutionOutputDeltaNotification = {
  /**
   * The thread of the item.
   */
  threadId: string,
  /**
   * The turn of the item.
   */
  turnId: string,
  /**
   * The `commandExecution` item; it was started before.
   */
  itemId: string,
  /**
   * The text to append; standard output and errors are one text.
   */
  delta: string,
};
