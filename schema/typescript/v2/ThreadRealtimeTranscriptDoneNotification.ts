// Generated from the protocol crate; do not edit.

/**
 * `thread/realtime/transcript/done`: the final text of a part of the transcript.
 */
export type ThreadRealtimeTranscriptDoneNotification = {
  /**
   * The thread whose session it is.
   */
  threadId: string,
  /**
   * Who spoke, such as `user` or `assistant`.
   */
  role: string,
  /**
   * The whole text of the part.
   */
  text: string,
};
