// Generated from the protocol crate; do not edit.

/**
 * Result of `userVerification/delete`; it has no fields: an answer means that it was done.
 */
export type UserVerificationDeleteResponse = Record<string, never>;
