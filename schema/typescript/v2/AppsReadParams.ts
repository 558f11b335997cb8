// Generated from the protocol crate; do not edit.

/**
 * Params of `app/read`: which apps, and in how much detail. Experimental.
 */
export type AppsReadParams = {
  /**
   * Ids to look up, at most 100; repeated ones count once, at their first place.
   */
  appIds: Array<string>,
  /**
   * A loaded thread whose configuration decides what is enabled; absent or null: no thread's.
   */
  threadId?: string | null,
  /**
   * Adds summaries of the apps' tools, meant for display. Default false.
   */
  includeTools?: boolean,
};
