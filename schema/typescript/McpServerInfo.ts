// Generated from the protocol crate; do not edit.

import type { JsonValue } from "./serde_json/JsonValue";

/**
 * What an MCP server tells about itself for display, once it is initialized.
 */
export type McpServerInfo = {
  /**
   * Name the server gives itself; may differ from the configured one.
   */
  name: string,
  /**
   * Name for people; null when not told.
   */
  title: string | null,
  /**
   * Version of the server, in its own form.
   */
  version: string,
  /**
   * What the server is for; null when not told.
   */
  description: string | null,
  /**
   * Icons in the form of the MCP protocol; null when not told.
   */
  icons: Array<JsonValue> | null,
  /**
   * Web page of the server; null when not told.
   */
  websiteUrl: string | null,
};
