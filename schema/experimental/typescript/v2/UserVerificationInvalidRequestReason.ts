// Generated from the protocol crate; do not edit.

/**
 * What was wrong with a request.
 *
 * - "invalidParams": Its params.
 */
export type UserVerificationInvalidRequestReason = "invalidParams";
