// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/revert`.
 */
export type ThreadRevertParams = {
  /**
   * The thread to cut short.
   */
  threadId: string,
  /**
   * The first turn to leave out; all that follow go with it.
   */
  beforeTurnId: string,
};
