// Generated from the protocol crate; do not edit.

import type { UserVerificationProof } from "./UserVerificationProof";

/**
 * Result of `userVerification/verify`.
 */
export type UserVerificationVerifyResponse = {
  /**
   * The signature, to hand to whoever set the challenge.
   */
  proof: UserVerificationProof,
};
