// Generated from the protocol crate; do not edit.

/**
 * The client's answer to `attestation/generate`.
 */
export type AttestationGenerateResponse = {
  /**
   * The token, sent on as it is with the request to the model; a secret: never logged.
   */
  token: string,
};
