// Generated from the protocol crate; do not edit.

import type { UserVerificationUnavailableReason } from "./UserVerificationUnavailableReason";

/**
 * Result of `userVerification/status`: whether this machine is ready. What a backend has registered is not looked up.
 */
export type UserVerificationStatusResponse = {
  /**
   * Id of the local credential; null when there is none.
   */
  credentialId: string | null,
  /**
   * Why verification is not possible; null when it is.
   */
  unavailableReason: UserVerificationUnavailableReason | null,
  /**
   * The same for people; null when it is possible or there is nothing to add.
   */
  unavailableMessage: string | null,
};
