// Generated from the protocol crate; do not edit.

/**
 * Params of `userVerification/verify`: what to sign, and what the user reads before agreeing.
 */
export type UserVerificationVerifyParams = {
  /**
   * The bytes to sign, 1 to 4096 of them, in base64url without padding.
   */
  challenge: string,
  /**
   * Headline for the user, already agreed to in the client's own display; 1 to 256 bytes of UTF-8.
   */
  title: string,
  /**
   * Further text for the user, at most 4096 bytes of UTF-8; may be empty.
   */
  description: string,
};
