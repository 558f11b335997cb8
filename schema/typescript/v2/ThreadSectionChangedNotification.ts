// Generated from the protocol crate; do not edit.

/**
 * `thread/section/changed`: a thread was moved by `thread/section/move`.
 */
export type ThreadSectionChangedNotification = {
  /**
   * The thread that was moved.
   */
  threadId: string,
  /**
   * The section it is in now; null for none.
   */
  sectionId: string | null,
};
