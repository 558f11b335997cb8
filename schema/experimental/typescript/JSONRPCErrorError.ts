// Generated from the protocol crate; do not edit.

import type { JsonValue } from "./serde_json/JsonValue";

/**
 * What went wrong.
 */
export type JSONRPCErrorError = {
  /**
   * The JSON-RPC code.
   */
  code: number,
  /**
   * More for programs; see [`crate::RpcError::data`].
   */
  data?: JsonValue,
  /**
   * What was wrong, for people.
   */
  message: string,
};
