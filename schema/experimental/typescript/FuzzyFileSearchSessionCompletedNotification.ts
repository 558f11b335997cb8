// Generated from the protocol crate; do not edit.

/**
 * `fuzzyFileSearch/sessionCompleted`: the search for the session's query is done.
 */
export type FuzzyFileSearchSessionCompletedNotification = {
  /**
   * The session, by the client's id.
   */
  sessionId: string,
};
