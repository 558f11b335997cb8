// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * Params of `mcpServer/tool/call`: which tool, and with what.
 */
export type McpServerToolCallParams = {
  /**
   * The thread whose MCP servers are used.
   */
  threadId: string,
  /**
   * Name of the MCP server, as configured.
   */
  server: string,
  /**
   * Original name of the tool, as the MCP server has it.
   */
  tool: string,
  /**
   * Arguments as the tool's input schema wants them. Absent: none.
   */
  arguments?: JsonValue,
  /**
   * Metadata for the MCP request, passed on to the server. Absent: none.
   */
  _meta?: JsonValue,
};
