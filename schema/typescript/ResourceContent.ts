// Generated from the protocol crate; do not edit.

import type { JsonValue } from "./serde_json/JsonValue";

/**
 * One part of a resource, as text or as bytes; told apart by `text` and `blob`.
 */
export type ResourceContent =
  /**
   * Text.
   */
  {
    /**
     * URI this part was read from.
     */
    uri: string,
    /**
     * MIME type of the text; left out when the server told none.
     */
    mimeType?: string,
    /**
     * The text.
     */
    text: string,
    /**
     * Metadata from the MCP server, passed on as it is; left out when there is none.
     */
    _meta?: JsonValue,
  }
  /**
   * Bytes.
   */
  | {
    /**
     * URI this part was read from.
     */
    uri: string,
    /**
     * MIME type of the bytes; left out when the server told none.
     */
    mimeType?: string,
    /**
     * The bytes in base64.
     */
    blob: string,
    /**
     * Metadata from the MCP server, passed on as it is; left out when there is none.
     */
    _meta?: JsonValue,
  };
