// Generated from the protocol crate; do not edit.

import type { JsonValue } from "./serde_json/JsonValue";
import type { RequestId } from "./RequestId";
import type { W3cTraceContext } from "./W3cTraceContext";

/**
 * A request: it wants exactly one answer.
 */
export type JSONRPCRequest = {
  /**
   * Chosen by the sender and echoed in the answer.
   */
  id: RequestId,
  /**
   * The method's name.
   */
  method: string,
  /**
   * What the method takes.
   */
  params?: JsonValue,
  /**
   * W3C trace context that the request belongs to.
   */
  trace?: W3cTraceContext,
};
