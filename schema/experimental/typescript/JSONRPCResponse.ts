// Generated from the protocol crate; do not edit.

import type { JsonValue } from "./serde_json/JsonValue";
import type { RequestId } from "./RequestId";

/**
 * The answer to a request that succeeded.
 */
export type JSONRPCResponse = {
  /**
   * The id of the request.
   */
  id: RequestId,
  /**
   * What the method answers.
   */
  result: JsonValue,
};
