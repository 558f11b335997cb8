// Generated from the protocol crate; do not edit.

/**
 * Who ended a verification early.
 *
 * - "userCancelled": The user said no.
 * - "interrupted": It was interrupted from elsewhere.
 */
export type UserVerificationCancellationReason = "userCancelled" | "interrupted";
