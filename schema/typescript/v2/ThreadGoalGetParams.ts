// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/goal/get`.
 */
export type ThreadGoalGetParams = {
  /**
   * The thread whose goal is wanted.
   */
  threadId: string,
};
