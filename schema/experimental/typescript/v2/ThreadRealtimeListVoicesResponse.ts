// Generated from the protocol crate; do not edit.

import type { RealtimeVoicesList } from "../RealtimeVoicesList";

/**
 * Result of `thread/realtime/listVoices`.
 */
export type ThreadRealtimeListVoicesResponse = {
  /**
   * The voices of all versions, with the defaults.
   */
  voices: RealtimeVoicesList,
};
