// Generated from the protocol crate; do not edit.

/**
 * Params of `attestation/generate`; there are none to give.
 */
export type AttestationGenerateParams = Record<string, never>;
