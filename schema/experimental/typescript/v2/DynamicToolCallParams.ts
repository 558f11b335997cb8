// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * Params of `item/tool/call`.
 */
export type DynamicToolCallParams = {
  /**
   * The thread whose model calls the tool.
   */
  threadId: string,
  /**
   * The turn in which it does.
   */
  turnId: string,
  /**
   * Id of the call.
   */
  callId: string,
  /**
   * Namespace of the tool; null for one without.
   */
  namespace: string | null,
  /**
   * Name of the tool, as declared.
   */
  tool: string,
  /**
   * Arguments as the model wrote them, meant to fit the declared input schema.
   */
  arguments: JsonValue,
};
