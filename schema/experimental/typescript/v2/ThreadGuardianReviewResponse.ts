// Generated from the protocol crate; do not edit.

import type { ThreadGuardianAssessment } from "./ThreadGuardianAssessment";

/**
 * Result of `thread/guardianReview`.
 */
export type ThreadGuardianReviewResponse = {
  /**
   * Id of the call that the answer is about.
   */
  callId: string,
  /**
   * What was found; null when no review was needed, because of the policy in force or an approval given earlier.
   */
  assessment: ThreadGuardianAssessment | null,
};
