// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/decrement_elicitation`.
 */
export type ThreadDecrementElicitationResponse = {
  /**
   * Questions still open.
   */
  count: number,
  /**
   * Whether time is still not counted towards timeouts.
   */
  paused: boolean,
};
