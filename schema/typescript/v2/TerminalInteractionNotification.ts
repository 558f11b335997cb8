// Generated from the protocol crate; do not edit.

/**
 * `item/commandExecution/terminalInteraction`: input for a running command.
 */
export type TerminalInteractionNotification = {
  /**
   * The thread of the item.
   */
  threadId: string,
  /**
   * The turn that it belongs to.
   */
  turnId: string,
  /**
   * The `commandExecution` item that started the command.
   */
  itemId: string,
  /**
   * The running process, as in the `processId` of the item.
   */
  processId: string,
  /**
   * The text that was written.
   */
  stdin: string,
};
