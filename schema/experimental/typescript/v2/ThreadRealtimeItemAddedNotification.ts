// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";

/**
 * `thread/realtime/itemAdded`: something other than audio came from the realtime service.
 */
export type ThreadRealtimeItemAddedNotification = {
  /**
   * The thread whose session it is.
   */
  threadId: string,
  /**
   * What came, unchanged.
   */
  item: JsonValue,
};
