// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * Params of `thread/approveGuardianDeniedAction`.
 */
export type ThreadApproveGuardianDeniedActionParams = {
  /**
   * The thread in which the action was denied.
   */
  threadId: string,
  /**
   * The reviewer's assessment event that denied the action, as JSON.
   */
  event: JsonValue,
};
