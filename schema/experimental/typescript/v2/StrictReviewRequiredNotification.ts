// Generated from the protocol crate; do not edit.

/**
 * Params of `autoApprovalReview/strictReviewRequired`.
 */
export type StrictReviewRequiredNotification = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn that needs strict review.
   */
  turnId: string,
  /**
   * When the review began, in Unix milliseconds.
   */
  startedAtMs: number,
};
