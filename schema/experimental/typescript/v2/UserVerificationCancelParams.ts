// Generated from the protocol crate; do not edit.

import type { RequestId } from "../RequestId";

/**
 * Params of `userVerification/cancel`. It cancels requests, not elicitations.
 */
export type UserVerificationCancelParams = {
  /**
   * JSON-RPC id of the request to cancel, not that of this one; give each request its own id.
   */
  requestId: RequestId,
};
