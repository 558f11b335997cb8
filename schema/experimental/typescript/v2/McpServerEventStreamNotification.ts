// Generated from the protocol crate; do not edit.

import type { McpServerEventNotification } from "./McpServerEventNotification";

/**
 * `mcpServer/event/stream/notification`: one event of a stream.
 */
export type McpServerEventStreamNotification = {
  /**
   * The stream, by the id given at its start.
   */
  subscriptionId: string,
  /**
   * What the MCP server sent.
   */
  notification: McpServerEventNotification,
};
