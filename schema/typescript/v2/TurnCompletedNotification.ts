// Generated from the protocol crate; do not edit.

import type { Turn } from "./Turn";

/**
 * `turn/completed`: a turn is over, however it ended. Nothing more of it follows.
 */
export type TurnCompletedNotification = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn with its last message only, or without items when it has none.
   */
  turn: Turn,
};
