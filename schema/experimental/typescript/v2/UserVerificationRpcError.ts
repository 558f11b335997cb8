// Generated from the protocol crate; do not edit.

import type { UserVerificationErrorDetails } from "./UserVerificationErrorDetails";

/**
 * Error of a verification request, in the place of the usual JSON-RPC error.
 */
export type UserVerificationRpcError = {
  /**
   * JSON-RPC error code; -32603 when verification is unavailable.
   */
  code: number,
  /**
   * What happened, for people.
   */
  message: string,
  /**
   * Why, for programs.
   */
  data: UserVerificationErrorDetails,
};
