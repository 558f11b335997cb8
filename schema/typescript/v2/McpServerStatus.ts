// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";
import type { McpAuthStatus } from "./McpAuthStatus";
import type { McpServerConnectionStatus } from "./McpServerConnectionStatus";
import type { McpServerInfo } from "../McpServerInfo";
import type { Resource } from "../Resource";
import type { ResourceTemplate } from "../ResourceTemplate";
import type { Tool } from "../Tool";

/**
 * An MCP server and what it offers.
 */
export type McpServerStatus = {
  /**
   * Name of the server, as configured.
   */
  name: string,
  /**
   * State of the connection in the thread; null when not known, or when the configuration has changed since.
   */
  runtimeStatus: McpServerConnectionStatus | null,
  /**
   * The plugin that brings the server; null when it comes from the configuration.
   */
  pluginId: string | null,
  /**
   * Scheme, host and port of the server in effect, without credentials, path or query; null when it is not reached
   * over HTTP.
   */
  httpOrigin: string | null,
  /**
   * What the server tells about itself; null when it could not be asked.
   */
  serverInfo: McpServerInfo | null,
  /**
   * What the server said it can do, in the form of the MCP protocol; null when it could not be asked.
   */
  serverCapabilities: JsonValue,
  /**
   * The `_meta` that came with the first page of the server's tools, passed on as it is; null when there is none.
   */
  toolListMeta: JsonValue,
  /**
   * The tools by their original names; empty when there are none or when they could not be listed.
   */
  tools: { [key in string]?: Tool },
  /**
   * Why no list of tools could be had; null whenever there is a list, also a cached or an empty one.
   */
  toolsError: string | null,
  /**
   * Resources that the server lists; empty with detail `toolsAndAuthOnly`.
   */
  resources: Array<Resource>,
  /**
   * Templates for URIs of resources; empty with detail `toolsAndAuthOnly`.
   */
  resourceTemplates: Array<ResourceTemplate>,
  /**
   * How the login at the server stands.
   */
  authStatus: McpAuthStatus,
};
