// Generated from the protocol crate; do not edit.

import type { ThreadGoal } from "./ThreadGoal";

/**
 * `thread/goal/updated`: the goal of a thread was set or changed.
 */
export type ThreadGoalUpdatedNotification = {
  /**
   * The thread that has the goal.
   */
  threadId: string,
  /**
   * The turn in which it changed; null when it was none.
   */
  turnId: string | null,
  /**
   * The goal as it is now.
   */
  goal: ThreadGoal,
};
