// Generated from the protocol crate; do not edit.

/**
 * A note about a model that became available.
 */
export type ModelAvailabilityNux = {
  /**
   * Text for people.
   */
  message: string,
};
