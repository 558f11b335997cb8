// Generated from the protocol crate; do not edit.

/**
 * Result of `userVerification/cancel`; it has no fields. The signal is passed on, but the platform may take a while to
 * stop.
 */
export type UserVerificationCancelResponse = Record<string, never>;
