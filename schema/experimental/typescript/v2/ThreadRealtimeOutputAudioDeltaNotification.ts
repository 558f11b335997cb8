// Generated from the protocol crate; do not edit.

import type { ThreadRealtimeAudioChunk } from "./ThreadRealtimeAudioChunk";

/**
 * `thread/realtime/outputAudio/delta`: more of what the realtime model says.
 */
export type ThreadRealtimeOutputAudioDeltaNotification = {
  /**
   * The thread whose session it is.
   */
  threadId: string,
  /**
   * The next piece to play.
   */
  audio: ThreadRealtimeAudioChunk,
};
