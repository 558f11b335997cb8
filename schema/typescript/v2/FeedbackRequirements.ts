// Generated from the protocol crate; do not edit.

/**
 * What is demanded of sending feedback.
 */
export type FeedbackRequirements = {
  /**
   * Whether feedback may be sent; null: no demand.
   */
  enabled: boolean | null,
};
