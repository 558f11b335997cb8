// Generated from the protocol crate; do not edit.

/**
 * What failed in a verification.
 *
 * - "authenticationFailed": The user was not recognized.
 * - "timeout": It took too long.
 * - "providerError": The platform's keystore failed.
 * - "serviceError": The service behind it failed.
 */
export type UserVerificationFailureReason = "authenticationFailed" | "timeout" | "providerError" | "serviceError";
