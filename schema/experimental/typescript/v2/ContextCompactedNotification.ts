// Generated from the protocol crate; do not edit.

/**
 * `thread/compacted`: the history was summed up. Deprecated: go by items of type `contextCompaction`.
 */
export type ContextCompactedNotification = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn in which it was done.
   */
  turnId: string,
};
