// Generated from the protocol crate; do not edit.

/**
 * Params of `fuzzyFileSearch/sessionStart`.
 */
export type FuzzyFileSearchSessionStartParams = {
  /**
   * Id of the client's choice for the session; empty is refused.
   */
  sessionId: string,
  /**
   * The directories to search in, for all queries of the session.
   */
  roots: Array<string>,
};
