// Generated from the protocol crate; do not edit.

import type { ThreadRealtimeItem } from "./ThreadRealtimeItem";

/**
 * `thread/realtime/item/started`: an item of the timeline has begun.
 */
export type ThreadRealtimeItemStartedNotification = {
  /**
   * The thread whose timeline it is.
   */
  threadId: string,
  /**
   * The item as it begins, before its text.
   */
  item: ThreadRealtimeItem,
};
