// Generated from the protocol crate; do not edit.

import type { JsonValue } from "./serde_json/JsonValue";

/**
 * A pattern for URIs of resources that an MCP server does not list one by one.
 */
export type ResourceTemplate = {
  /**
   * Hints such as audience and priority, in the form of the MCP protocol.
   */
  annotations?: JsonValue,
  /**
   * URI template (RFC 6570) to fill in.
   */
  uriTemplate: string,
  /**
   * Name of the template.
   */
  name: string,
  /**
   * Name for people.
   */
  title?: string,
  /**
   * What the resources are.
   */
  description?: string,
  /**
   * MIME type of the content, when it is the same for all.
   */
  mimeType?: string,
};
