// Generated from the protocol crate; do not edit.

/**
 * `item/agentMessage/delta`: more text of a message.
 */
export type AgentMessageDeltaNotification = {
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
};
