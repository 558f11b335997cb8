// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/backgroundTerminals/list`.
 */
export type ThreadBackgroundTerminalsListParams = {
  /**
   * The thread whose terminals are wanted.
   */
  threadId: string,
  /**
   * Where to go on: `nextCursor` of the page before; absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Terminals per page; absent or null: as many as the server likes.
   */
  limit?: number | null,
};
