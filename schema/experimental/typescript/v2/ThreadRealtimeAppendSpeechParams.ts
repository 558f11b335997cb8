// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/realtime/appendSpeech`.
 */
export type ThreadRealtimeAppendSpeechParams = {
  /**
   * The thread whose session it goes to.
   */
  threadId: string,
  /**
   * What is to be spoken.
   */
  text: string,
};
