// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/memory/read`.
 */
export type ThreadMemoryReadParams = {
  /**
   * The thread to read for; it must be loaded, by a start or a resume.
   */
  threadId: string,
};
