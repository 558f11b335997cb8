// Generated from the protocol crate; do not edit.

/**
 * Params of `fuzzyFileSearch/sessionStop`.
 */
export type FuzzyFileSearchSessionStopParams = {
  /**
   * The session to end; unknown ones are accepted.
   */
  sessionId: string,
};
