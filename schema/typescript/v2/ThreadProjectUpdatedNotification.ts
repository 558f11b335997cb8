// Generated from the protocol crate; do not edit.

/**
 * `thread/project/updated`: a thread belongs to another project, or to none.
 */
export type ThreadProjectUpdatedNotification = {
  /**
   * The thread that was assigned.
   */
  threadId: string,
  /**
   * Its project now; null for none.
   */
  projectId: string | null,
};
