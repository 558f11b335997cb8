// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";
import type { McpResourceReadTarget } from "./McpResourceReadTarget";

/**
 * Params of `mcpServer/resource/read`: which resource of which server.
 */
export type McpResourceReadParams = {
  /**
   * Further metadata for the MCP request; keys that route by account or turn are reserved. Absent or null: none.
   */
  _meta?: { [key in string]?: JsonValue } | null,
  /**
   * The thread whose MCP servers are asked. Absent or null: no thread.
   */
  threadId?: string | null,
  /**
   * Id of the MCP tool call the resource stems from; decides which app it belongs to. Absent or null: none.
   */
  originCallId?: string | null,
  /**
   * Name of the MCP server, as configured.
   */
  server: string,
  /**
   * URI of the resource, as the server gave it.
   */
  uri: string,
  /**
   * Id of the connector (app) the resource belongs to. Absent or null: not told.
   */
  connectorId?: string | null,
  /**
   * The hosted app and account to read from. Absent or null: the resource is looked up in the older way.
   */
  target?: McpResourceReadTarget | null,
};
