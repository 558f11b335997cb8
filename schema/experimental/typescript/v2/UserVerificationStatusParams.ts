// Generated from the protocol crate; do not edit.

/**
 * Params of `userVerification/status`; it takes none.
 */
export type UserVerificationStatusParams = Record<string, never>;
