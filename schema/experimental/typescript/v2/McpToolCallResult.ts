// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * What an MCP tool answered.
 */
export type McpToolCallResult = {
  /**
   * Content blocks in the shapes of MCP, unchanged.
   */
  content: Array<JsonValue>,
  /**
   * The result as one JSON value; null when the tool gave none.
   */
  structuredContent: JsonValue,
  /**
   * Data about the result, unchanged; null when there is none.
   */
  _meta: JsonValue,
};
