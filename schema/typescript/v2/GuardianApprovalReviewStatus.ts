// Generated from the protocol crate; do not edit.

/**
 * Unstable: how an automatic review stands.
 *
 * - "inProgress": It runs.
 * - "approved": The action was approved.
 * - "denied": The action was denied.
 * - "timedOut": It took too long and ended without a verdict.
 * - "aborted": It was stopped before a verdict.
 */
export type GuardianApprovalReviewStatus = "inProgress" | "approved" | "denied" | "timedOut" | "aborted";
