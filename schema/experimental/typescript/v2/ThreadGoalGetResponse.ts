// Generated from the protocol crate; do not edit.

import type { ThreadGoal } from "./ThreadGoal";

/**
 * Result of `thread/goal/get`.
 */
export type ThreadGoalGetResponse = {
  /**
   * The goal; null when the thread has none.
   */
  goal: ThreadGoal | null,
};
