// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * Params of `thread/inject_items`.
 */
export type ThreadInjectItemsParams = {
  /**
   * The thread to add to.
   */
  threadId: string,
  /**
   * Items of the Responses API as they are, put at the end of what the model sees.
   */
  items: Array<JsonValue>,
};
