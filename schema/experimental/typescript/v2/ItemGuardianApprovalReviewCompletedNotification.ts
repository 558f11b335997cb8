// Generated from the protocol crate; do not edit.

import type { AutoReviewDecisionSource } from "./AutoReviewDecisionSource";
import type { GuardianApprovalReview } from "./GuardianApprovalReview";
import type { GuardianApprovalReviewAction } from "./GuardianApprovalReviewAction";

/**
 * Params of `item/autoApprovalReview/completed`. Unstable.
 */
export type ItemGuardianApprovalReviewCompletedNotification = {
  /**
   * The thread with the action.
   */
  threadId: string,
  /**
   * The turn with the action.
   */
  turnId: string,
  /**
   * When the review began, in Unix milliseconds.
   */
  startedAtMs: number,
  /**
   * When the review ended, in Unix milliseconds.
   */
  completedAtMs: number,
  /**
   * Id of the review, the same as in `item/autoApprovalReview/started`.
   */
  reviewId: string,
  /**
   * The item or tool call under review. Several reviews may share one: programs started within a command, and input
   * to a running one. Null where there is none, as with network access.
   */
  targetItemId: string | null,
  /**
   * Who decided.
   */
  decisionSource: AutoReviewDecisionSource,
  /**
   * How it ended and what was found.
   */
  review: GuardianApprovalReview,
  /**
   * What was reviewed.
   */
  action: GuardianApprovalReviewAction,
};
