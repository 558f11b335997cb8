// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/increment_elicitation`.
 */
export type ThreadIncrementElicitationParams = {
  /**
   * The thread whose counter goes up by one.
   */
  threadId: string,
};
