// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/archive`.
 */
export type ThreadArchiveParams = {
  /**
   * The thread to archive.
   */
  threadId: string,
};
