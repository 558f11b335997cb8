// Generated from the protocol crate; do not edit.

/**
 * Params of `userVerification/delete`; it takes none.
 */
export type UserVerificationDeleteParams = Record<string, never>;
