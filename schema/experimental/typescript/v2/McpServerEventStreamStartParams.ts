// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * Params of `mcpServer/event/stream/start`.
 */
export type McpServerEventStreamStartParams = {
  /**
   * The thread whose MCP server is meant.
   */
  threadId: string,
  /**
   * The MCP server, by its name in the configuration.
   */
  server: string,
  /**
   * Id of the client's choice for the stream; its events carry it.
   */
  subscriptionId: string,
  /**
   * The kind of event to subscribe to, by the name the MCP server has for it.
   */
  name: string,
  /**
   * Arguments for the MCP server, any JSON in the form it asks for.
   */
  arguments: JsonValue,
  /**
   * Further data for the MCP server. Absent or null: none.
   */
  _meta?: JsonValue,
};
