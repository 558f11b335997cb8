// Generated from the protocol crate; do not edit.

import type { RealtimeVoice } from "./RealtimeVoice";

/**
 * The voices, by version of the realtime protocol.
 */
export type RealtimeVoicesList = {
  /**
   * Voices of version 1.
   */
  v1: Array<RealtimeVoice>,
  /**
   * Voices of version 2.
   */
  v2: Array<RealtimeVoice>,
  /**
   * Voices of version 3. Default none.
   */
  v3?: Array<RealtimeVoice>,
  /**
   * The voice of version 1 when none is chosen.
   */
  defaultV1: RealtimeVoice,
  /**
   * The voice of version 2 when none is chosen.
   */
  defaultV2: RealtimeVoice,
};
