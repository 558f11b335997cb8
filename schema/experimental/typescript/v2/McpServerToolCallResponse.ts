// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * Result of `mcpServer/tool/call`: what the MCP server answered.
 */
export type McpServerToolCallResponse = {
  /**
   * Parts of the result, such as text and images, in the form of the MCP protocol.
   */
  content: Array<JsonValue>,
  /**
   * The result as JSON by the tool's output schema; left out when the tool gives none.
   */
  structuredContent?: JsonValue,
  /**
   * True when the tool itself says that it failed; the request still succeeds then. Left out when the tool does not
   * say.
   */
  isError?: boolean,
  /**
   * Metadata from the MCP server, passed on as it is; left out when there is none.
   */
  _meta?: JsonValue,
};
