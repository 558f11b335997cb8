// Generated from the protocol crate; do not edit.

/**
 * Params of `userVerification/enroll`; it takes none.
 */
export type UserVerificationEnrollParams = Record<string, never>;
