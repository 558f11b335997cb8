// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/queue/delete`.
 */
export type ThreadQueueDeleteResponse = {
  /**
   * Whether an entry was taken out.
   */
  deleted: boolean,
};
