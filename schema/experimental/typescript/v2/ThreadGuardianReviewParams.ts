// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/guardianReview`.
 */
export type ThreadGuardianReviewParams = {
  /**
   * The thread to review in; the connection stays subscribed to it afterwards.
   */
  threadId: string,
};
