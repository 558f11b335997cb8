// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/decrement_elicitation`.
 */
export type ThreadDecrementElicitationParams = {
  /**
   * The thread whose counter goes down by one.
   */
  threadId: string,
};
