// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/name/set`.
 */
export type ThreadSetNameParams = {
  /**
   * The thread.
   */
  threadId: string,
  /**
   * The new title; blanks around it are cut off, and an empty one is refused.
   */
  name: string,
};
