// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/compact/start`: sum up the history now.
 */
export type ThreadCompactStartParams = {
  /**
   * The thread.
   */
  threadId: string,
};
