// Generated from the protocol crate; do not edit.

/**
 * A speed tier.
 */
export type ModelServiceTier = {
  /**
   * What requests carry as `serviceTier`.
   */
  id: string,
  /**
   * Name for people.
   */
  name: string,
  /**
   * What it means for speed and cost.
   */
  description: string,
};
