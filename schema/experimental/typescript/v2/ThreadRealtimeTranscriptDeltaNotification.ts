// Generated from the protocol crate; do not edit.

/**
 * `thread/realtime/transcript/delta`: more text of the transcript, without items.
 */
export type ThreadRealtimeTranscriptDeltaNotification = {
  /**
   * The thread whose session it is.
   */
  threadId: string,
  /**
   * Who speaks, such as `user` or `assistant`.
   */
  role: string,
  /**
   * Text to put at the end of what this speaker has said.
   */
  delta: string,
};
