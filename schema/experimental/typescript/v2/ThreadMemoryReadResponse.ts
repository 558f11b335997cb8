// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/memory/read`.
 */
export type ThreadMemoryReadResponse = {
  /**
   * The summary in the version of the memories that the thread uses; null when the thread uses none, and when the
   * summary is not there, blank or cannot be read.
   */
  summary: string | null,
};
