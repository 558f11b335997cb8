// Generated from the protocol crate; do not edit.

import type { ThreadItem } from "./ThreadItem";
import type { ThreadRealtimeItem } from "./ThreadRealtimeItem";
import type { TurnError } from "./TurnError";
import type { TurnStatus } from "./TurnStatus";

/**
 * Experimental. One entry of a thread's timeline: an item, or the start or end of a turn.
 */
export type ThreadTimelineEntry =
  /**
   * An item of a turn.
   */
  {
    type: "item",
    /**
     * Its place in the order of the rollout.
     */
    position: number,
    /**
     * The turn it belongs to.
     */
    turnId: string,
    /**
     * The item.
     */
    item: ThreadItem,
  }
  /**
   * An item of a realtime conversation.
   */
  | {
    type: "realtime",
    /**
     * Its place in the order of the rollout.
     */
    position: number,
    /**
     * The realtime item.
     */
    item: ThreadRealtimeItem,
  }
  /**
   * A turn began here.
   */
  | {
    type: "turnStarted",
    /**
     * Its place in the order of the rollout.
     */
    position: number,
    /**
     * The turn that began.
     */
    turn_id: string,
    /**
     * When it began, in Unix seconds; null when unknown.
     */
    started_at: number | null,
  }
  /**
   * A turn ended here.
   */
  | {
    type: "turnCompleted",
    /**
     * Its place in the order of the rollout.
     */
    position: number,
    /**
     * The turn that ended.
     */
    turn_id: string,
    /**
     * How it ended.
     */
    status: TurnStatus,
    /**
     * Why it failed; null otherwise.
     */
    error: TurnError | null,
    /**
     * When it began, in Unix seconds; null when unknown.
     */
    started_at: number | null,
    /**
     * When it ended, in Unix seconds; null when unknown.
     */
    completed_at: number | null,
    /**
     * From start to end, in milliseconds; null when unknown.
     */
    duration_ms: number | null,
  };
