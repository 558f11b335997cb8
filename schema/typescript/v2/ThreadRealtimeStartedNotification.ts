// Generated from the protocol crate; do not edit.

import type { RealtimeConversationVersion } from "../RealtimeConversationVersion";

/**
 * `thread/realtime/started`: a realtime session runs.
 */
export type ThreadRealtimeStartedNotification = {
  /**
   * The thread whose session it is.
   */
  threadId: string,
  /**
   * Id of the session; null when it has none.
   */
  realtimeSessionId: string | null,
  /**
   * Version of the realtime protocol it speaks.
   */
  version: RealtimeConversationVersion,
};
