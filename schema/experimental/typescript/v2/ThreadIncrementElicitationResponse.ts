// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/increment_elicitation`.
 */
export type ThreadIncrementElicitationResponse = {
  /**
   * Questions open now, this one included.
   */
  count: number,
  /**
   * Whether time is now not counted towards timeouts.
   */
  paused: boolean,
};
