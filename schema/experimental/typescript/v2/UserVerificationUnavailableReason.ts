// Generated from the protocol crate; do not edit.

/**
 * What is missing for a verification.
 *
 * - "credentialMissing": There is no local credential; `userVerification/enroll` makes one.
 * - "biometricsUnavailable": Biometrics cannot be used at present.
 * - "providerUnavailable": The machine has no keystore that the server can use.
 */
export type UserVerificationUnavailableReason = "credentialMissing" | "biometricsUnavailable" | "providerUnavailable";
