// Generated from the protocol crate; do not edit.

import type { JsonValue } from "./serde_json/JsonValue";

/**
 * A notification: it is never answered.
 */
export type JSONRPCNotification = {
  /**
   * The method's name.
   */
  method: string,
  /**
   * What it tells.
   */
  params?: JsonValue,
};
