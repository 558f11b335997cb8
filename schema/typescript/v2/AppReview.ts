// Generated from the protocol crate; do not edit.

/**
 * How the vendor's review of an app stands.
 */
export type AppReview = {
  /**
   * State of the review, in the backend's words.
   */
  status: string,
};
