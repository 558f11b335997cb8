// Generated from the protocol crate; do not edit.

import type { ModelVerification } from "./ModelVerification";

/**
 * `model/verification`: verifications for the model of a turn.
 */
export type ModelVerificationNotification = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn they concern.
   */
  turnId: string,
  /**
   * The verifications.
   */
  verifications: Array<ModelVerification>,
};
