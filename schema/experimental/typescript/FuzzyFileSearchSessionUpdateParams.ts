// Generated from the protocol crate; do not edit.

/**
 * Params of `fuzzyFileSearch/sessionUpdate`.
 */
export type FuzzyFileSearchSessionUpdateParams = {
  /**
   * The session; it must be open.
   */
  sessionId: string,
  /**
   * The text to look for from now on, in place of the former one; empty clears the results.
   */
  query: string,
};
