// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";
import type { McpServerElicitationAction } from "./McpServerElicitationAction";

/**
 * Result of `mcpServer/elicitation/request`, given by the client.
 */
export type McpServerElicitationRequestResponse = {
  /**
   * What the user did.
   */
  action: McpServerElicitationAction,
  /**
   * With `accept` what was entered, as the schema asks, or the proof of a verification; null otherwise. An accepted
   * null is handed on as `{}`.
   */
  content: JsonValue,
  /**
   * Further data of the client, for forms; may be null. For an approval of a tool call `persist` remembers a yes:
   * `session` for the thread, `always` in the configuration.
   */
  _meta: JsonValue,
};
