// Generated from the protocol crate; do not edit.

/**
 * `thread/archived`: a thread was archived, and is no longer loaded.
 */
export type ThreadArchivedNotification = {
  /**
   * The thread that was archived.
   */
  threadId: string,
};
