// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/unarchive`.
 */
export type ThreadUnarchiveParams = {
  /**
   * The archived thread to bring back.
   */
  threadId: string,
};
