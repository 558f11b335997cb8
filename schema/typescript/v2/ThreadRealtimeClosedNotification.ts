// Generated from the protocol crate; do not edit.

/**
 * `thread/realtime/closed`: a realtime session has ended.
 */
export type ThreadRealtimeClosedNotification = {
  /**
   * The thread whose session ended.
   */
  threadId: string,
  /**
   * Why, such as `requested` after a stop or `error`; null when unknown.
   */
  reason: string | null,
};
