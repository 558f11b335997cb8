// Generated from the protocol crate; do not edit.

/**
 * `thread/realtime/item/transcript/delta`: more text of a transcript item.
 */
export type ThreadRealtimeItemTranscriptDeltaNotification = {
  /**
   * The thread whose timeline it is.
   */
  threadId: string,
  /**
   * The transcript item that grows.
   */
  itemId: string,
  /**
   * Text to put at its end.
   */
  delta: string,
};
