// Generated from the protocol crate; do not edit.

import type { Turn } from "./Turn";

/**
 * Result of `turn/start`, sent before the turn does anything; the rest comes as notifications.
 */
export type TurnStartResponse = {
  /**
   * The new turn, or the running one when it was joined; without items.
   */
  turn: Turn,
};
