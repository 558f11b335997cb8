// Generated from the protocol crate; do not edit.

import type { JsonValue } from "./serde_json/JsonValue";

/**
 * A resource that an MCP server lists; read it by `mcpServer/resource/read`.
 */
export type Resource = {
  /**
   * Hints such as audience and priority, in the form of the MCP protocol.
   */
  annotations?: JsonValue,
  /**
   * What the resource is.
   */
  description?: string,
  /**
   * MIME type of the content.
   */
  mimeType?: string,
  /**
   * Name of the resource.
   */
  name: string,
  /**
   * Size of the content in bytes, before any encoding.
   */
  size?: number,
  /**
   * Name for people.
   */
  title?: string,
  /**
   * URI by which it is read.
   */
  uri: string,
  /**
   * Icons in the form of the MCP protocol.
   */
  icons?: Array<JsonValue>,
  /**
   * Metadata from the MCP server, passed on as it is.
   */
  _meta?: JsonValue,
};
