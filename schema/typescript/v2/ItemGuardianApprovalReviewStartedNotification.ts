// Generated from the protocol crate; do not edit.

import type { GuardianApprovalReview } from "./GuardianApprovalReview";
import type { GuardianApprovalReviewAction } from "./GuardianApprovalReviewAction";

/**
 * Params of `item/autoApprovalReview/started`. Unstable.
 */
export type ItemGuardianApprovalReviewStartedNotification = {
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
   * Id of the review; `item/autoApprovalReview/completed` has the same.
   */
  reviewId: string,
  /**
   * The item or tool call under review. Several reviews may share one: programs started within a command, and input
   * to a running one. Null where there is none, as with network access.
   */
  targetItemId: string | null,
  /**
   * How it stands.
   */
  review: GuardianApprovalReview,
  /**
   * What is reviewed.
   */
  action: GuardianApprovalReviewAction,
};
