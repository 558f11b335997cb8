// Generated from the protocol crate; do not edit.

import type { GuardianApprovalReviewStatus } from "./GuardianApprovalReviewStatus";
import type { GuardianRiskLevel } from "./GuardianRiskLevel";
import type { GuardianUserAuthorization } from "./GuardianUserAuthorization";

/**
 * Unstable: how an automatic review stands and what it found.
 */
export type GuardianApprovalReview = {
  /**
   * How it stands.
   */
  status: GuardianApprovalReviewStatus,
  /**
   * How risky the action is; null when not assessed.
   */
  riskLevel: GuardianRiskLevel | null,
  /**
   * How far the user is taken to have authorized the action; null when not assessed.
   */
  userAuthorization: GuardianUserAuthorization | null,
  /**
   * Reasons of the reviewer, for people; null when none were given.
   */
  rationale: string | null,
};
