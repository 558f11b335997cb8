// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/goal/clear`.
 */
export type ThreadGoalClearResponse = {
  /**
   * Whether there was a goal to take away.
   */
  cleared: boolean,
};
