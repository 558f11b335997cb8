// Generated from the protocol crate; do not edit.

/**
 * How to mark a thread.
 */
export type ThreadReadStateOperation =
  /**
   * As read.
   */
  {
    type: "read",
  }
  /**
   * As unread.
   */
  | {
    type: "unread",
  };
