// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/searchOccurrences`: what to look for, in which thread. Experimental.
 */
export type ThreadSearchOccurrencesParams = {
  /**
   * The thread to look through; only one with paginated history.
   */
  threadId: string,
  /**
   * Text to find as it stands, upper and lower case being equal. Looked for in what the user wrote and in the
   * answers of the model, final or not.
   */
  searchTerm: string,
  /**
   * Where to go on: `nextCursor` of the page before, with the same thread and text; absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Matches per page; absent or null: as many as the server likes.
   */
  limit?: number | null,
};
