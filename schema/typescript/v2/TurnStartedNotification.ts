// Generated from the protocol crate; do not edit.

import type { Turn } from "./Turn";

/**
 * `turn/started`: a turn runs.
 */
export type TurnStartedNotification = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn, without items.
   */
  turn: Turn,
};
