// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/section/move`: which thread, and where to.
 */
export type ThreadSectionMoveParams = {
  /**
   * The thread to move.
   */
  threadId: string,
  /**
   * The section it goes to, its present one included; null takes it out of its section.
   */
  sectionId: string | null,
  /**
   * Thread of that section to put it in front of; absent or null: at the end.
   */
  beforeThreadId?: string | null,
};
