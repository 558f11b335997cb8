// Generated from the protocol crate; do not edit.

/**
 * Params of `fuzzyFileSearch`.
 */
export type FuzzyFileSearchParams = {
  /**
   * The text to look for; empty finds nothing.
   */
  query: string,
  /**
   * The directories to search in. An empty list or a missing directory finds nothing and is no error.
   */
  roots: Array<string>,
  /**
   * Name of the client's choice for a series of searches: a call cancels an earlier one with the same. Absent or
   * null: it cancels none.
   */
  cancellationToken: string | null,
};
