// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/loaded/list`.
 */
export type ThreadLoadedListResponse = {
  /**
   * Ids of the threads in memory.
   */
  data: Array<string>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
};
