// Generated from the protocol crate; do not edit.

import type { MisalignmentSteer } from "./MisalignmentSteer";

/**
 * What the provider says about a stop for misaligned behaviour.
 */
export type MisalignmentErrorDetails = {
  /**
   * Category in the provider's words; an open set.
   */
  errorType: string | null,
  /**
   * Explanation for the user, in their language. Without it a client offers no way to continue.
   */
  detailedExplanation: string | null,
  /**
   * How to continue once the user agrees; null when continuing is not possible.
   */
  steer: MisalignmentSteer | null,
  /**
   * Token of the provider that names what was stopped; not to be read, and alone no permission to continue.
   */
  reviewTarget?: string,
};
