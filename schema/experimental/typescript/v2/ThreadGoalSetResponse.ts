// Generated from the protocol crate; do not edit.

import type { ThreadGoal } from "./ThreadGoal";

/**
 * Result of `thread/goal/set`.
 */
export type ThreadGoalSetResponse = {
  /**
   * The goal as it is now.
   */
  goal: ThreadGoal,
};
