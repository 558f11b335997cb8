// Generated from the protocol crate; do not edit.

/**
 * Result of `userVerification/enroll`: the public part of the credential, new or not. No backend knows it yet.
 */
export type UserVerificationEnrollResponse = {
  /**
   * Id of the credential.
   */
  credentialId: string,
  /**
   * Signature algorithm of the key; null or absent from older servers, and then there is nothing to register.
   */
  algorithm: string | null,
  /**
   * Public key as DER of a SubjectPublicKeyInfo, in base64url without padding; null or absent from older servers,
   * and then there is nothing to register.
   */
  publicKey: string | null,
};
