// Generated from the protocol crate; do not edit.

import type { ThreadRealtimeBemItemPresentation } from "./ThreadRealtimeBemItemPresentation";
import type { ThreadRealtimeSessionOutcome } from "./ThreadRealtimeSessionOutcome";
import type { ThreadRealtimeTranscriptRole } from "./ThreadRealtimeTranscriptRole";

/**
 * Experimental. An item of a realtime conversation, as the timeline of its thread keeps it.
 */
export type ThreadRealtimeItem = {
  /**
   * Id of the item.
   */
  id: string,
  /**
   * The realtime session it belongs to.
   */
  realtimeSessionId: string,
} & (
  /**
   * The session began.
   */
  {
    type: "realtimeSessionStarted",
  }
  /**
   * A stretch of speech or text of one side, as text.
   */
  | {
    type: "transcriptSegment",
    /**
     * Whose words these are.
     */
    role: ThreadRealtimeTranscriptRole,
    /**
     * The words.
     */
    text: string,
  }
  /**
   * An item of an ordinary turn of the agent became part of the realtime conversation.
   */
  | {
    type: "bemItemPromoted",
    /**
     * How it is shown there.
     */
    presentation: ThreadRealtimeBemItemPresentation,
    /**
     * The item that is shown.
     */
    item_id: string,
    /**
     * The turn that holds the item.
     */
    turn_id: string,
  }
  /**
   * The session is over.
   */
  | {
    type: "realtimeSessionClosed",
    /**
     * How it came to its end.
     */
    outcome: ThreadRealtimeSessionOutcome,
  });
