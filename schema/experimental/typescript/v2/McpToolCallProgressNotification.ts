// Generated from the protocol crate; do not edit.

/**
 * `item/mcpToolCall/progress`: how far an MCP tool call is.
 */
export type McpToolCallProgressNotification = {
  /**
   * The thread of the item.
   */
  threadId: string,
  /**
   * The turn of the item.
   */
  turnId: string,
  /**
   * The `mcpToolCall` item.
   */
  itemId: string,
  /**
   * What is going on, for people.
   */
  message: string,
};
