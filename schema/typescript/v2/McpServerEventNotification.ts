// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * A notification of an MCP server as that sent it.
 */
export type McpServerEventNotification = {
  /**
   * Its method, as the MCP server named it.
   */
  method: string,
  /**
   * Its params, any JSON.
   */
  params: JsonValue,
};
