// Generated from the protocol crate; do not edit.

/**
 * Params of `turn/interrupt`.
 */
export type TurnInterruptParams = {
  /**
   * The thread.
   */
  threadId: string,
  /**
   * The turn to stop; refused when another one runs, or none.
   */
  turnId: string,
};
