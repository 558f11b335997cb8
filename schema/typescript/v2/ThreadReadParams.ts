// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/read`: a look at a thread that neither loads it nor subscribes to it.
 */
export type ThreadReadParams = {
  /**
   * The thread.
   */
  threadId: string,
  /**
   * Adds the turns. Threads with paginated history answer this with a `deprecationNotice`: page through
   * `thread/turns/list` and `thread/items/list` there. Default false.
   */
  includeTurns?: boolean,
};
