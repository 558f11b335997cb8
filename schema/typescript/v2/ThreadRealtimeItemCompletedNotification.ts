// Generated from the protocol crate; do not edit.

import type { ThreadRealtimeItem } from "./ThreadRealtimeItem";

/**
 * `thread/realtime/item/completed`: an item of the timeline is complete and stored.
 */
export type ThreadRealtimeItemCompletedNotification = {
  /**
   * The thread whose timeline it is.
   */
  threadId: string,
  /**
   * The whole item.
   */
  item: ThreadRealtimeItem,
};
