// Generated from the protocol crate; do not edit.

/**
 * Unstable: who made the final decision of an automatic review.
 *
 * - "agent": The reviewing agent.
 */
export type AutoReviewDecisionSource = "agent";
