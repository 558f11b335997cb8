// Generated from the protocol crate; do not edit.

/**
 * Where the unread part of a thread begins.
 */
export type ThreadUnreadPosition =
  /**
   * At the start: marked unread as a whole, even without turns.
   */
  {
    type: "threadStart",
  }
  /**
   * At the result of a turn.
   */
  | {
    type: "turn",
    /**
     * The earliest turn whose result has not been seen.
     */
    turnId: string,
  };
