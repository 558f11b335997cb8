// Generated from the protocol crate; do not edit.

import type { UserVerificationCancellationReason } from "./UserVerificationCancellationReason";
import type { UserVerificationFailureReason } from "./UserVerificationFailureReason";
import type { UserVerificationInvalidRequestReason } from "./UserVerificationInvalidRequestReason";
import type { UserVerificationUnavailableReason } from "./UserVerificationUnavailableReason";

/**
 * Why a verification request failed, as `data` of its error. The list is closed, and nothing the platform said is
 * passed on.
 */
export type UserVerificationErrorDetails =
  /**
   * The request was wrong.
   */
  {
    type: "invalidRequest",
    /**
     * What was wrong with it.
     */
    reason: UserVerificationInvalidRequestReason,
  }
  /**
   * Verification is not possible here at present.
   */
  | {
    type: "unavailable",
    /**
     * What is missing.
     */
    reason: UserVerificationUnavailableReason,
  }
  /**
   * It was ended early.
   */
  | {
    type: "cancelled",
    /**
     * Who ended it.
     */
    reason: UserVerificationCancellationReason,
  }
  /**
   * It was tried and failed.
   */
  | {
    type: "failed",
    /**
     * What failed.
     */
    reason: UserVerificationFailureReason,
  };
