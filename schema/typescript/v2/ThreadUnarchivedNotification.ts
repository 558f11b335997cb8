// Generated from the protocol crate; do not edit.

/**
 * `thread/unarchived`: a thread is back from the archive.
 */
export type ThreadUnarchivedNotification = {
  /**
   * The thread that was brought back.
   */
  threadId: string,
};
