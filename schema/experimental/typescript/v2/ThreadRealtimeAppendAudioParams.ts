// Generated from the protocol crate; do not edit.

import type { ThreadRealtimeAudioChunk } from "./ThreadRealtimeAudioChunk";

/**
 * Params of `thread/realtime/appendAudio`.
 */
export type ThreadRealtimeAppendAudioParams = {
  /**
   * The thread whose session it goes to.
   */
  threadId: string,
  /**
   * The next piece of what the user says.
   */
  audio: ThreadRealtimeAudioChunk,
};
