// Generated from the protocol crate; do not edit.

import type { JsonValue } from "./serde_json/JsonValue";

/**
 * A tool that an MCP server offers, in the form of the MCP protocol.
 */
export type Tool = {
  /**
   * Original name of the tool, as the MCP server has it.
   */
  name: string,
  /**
   * Name for people.
   */
  title?: string,
  /**
   * What it does, for the model.
   */
  description?: string,
  /**
   * JSON Schema of its arguments.
   */
  inputSchema: JsonValue,
  /**
   * JSON Schema of its structured result; left out when none is declared.
   */
  outputSchema?: JsonValue,
  /**
   * Hints on what it does, such as `readOnlyHint`, which decides whether the user is asked.
   */
  annotations?: JsonValue,
  /**
   * Icons in the form of the MCP protocol.
   */
  icons?: Array<JsonValue>,
  /**
   * Metadata from the MCP server, passed on as it is.
   */
  _meta?: JsonValue,
};
