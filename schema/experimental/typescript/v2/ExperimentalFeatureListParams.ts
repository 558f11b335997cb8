// Generated from the protocol crate; do not edit.

/**
 * Params of `experimentalFeature/list`.
 */
export type ExperimentalFeatureListParams = {
  /**
   * Where to go on: `nextCursor` of the page before; absent: from the start.
   */
  cursor?: string | null,
  /**
   * Flags per page; 0 counts as 1. Absent: as many as the server likes.
   */
  limit?: number | null,
  /**
   * A loaded thread: `enabled` then follows its configuration, read anew and with that of the project in its working
   * directory. Absent: no thread's.
   */
  threadId?: string | null,
};
