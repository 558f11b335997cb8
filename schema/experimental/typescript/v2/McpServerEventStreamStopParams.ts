// Generated from the protocol crate; do not edit.

/**
 * Params of `mcpServer/event/stream/stop`.
 */
export type McpServerEventStreamStopParams = {
  /**
   * The stream to stop, by the id given at its start.
   */
  subscriptionId: string,
};
