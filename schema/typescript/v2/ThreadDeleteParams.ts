// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/delete`.
 */
export type ThreadDeleteParams = {
  /**
   * The thread to delete.
   */
  threadId: string,
};
