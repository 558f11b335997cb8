// Generated from the protocol crate; do not edit.

/**
 * A signature over the bytes of the challenge. Whoever set the challenge checks it, and takes it once.
 */
export type UserVerificationProof = {
  /**
   * Id of the credential that signed.
   */
  credentialId: string,
  /**
   * ECDSA signature (P-256 with SHA-256) as DER, in base64url without padding.
   */
  signature: string,
};
