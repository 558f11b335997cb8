// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/prepareApprovedPlan`. Experimental.
 */
export type ThreadPrepareApprovedPlanResponse = {
  /**
   * Text to send as the user's first message. Without a readable attachment the plan was put into the context of the
   * thread already.
   */
  prompt: string,
};
