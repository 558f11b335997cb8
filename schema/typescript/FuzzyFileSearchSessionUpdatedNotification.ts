// Generated from the protocol crate; do not edit.

import type { FuzzyFileSearchResult } from "./FuzzyFileSearchResult";

/**
 * `fuzzyFileSearch/sessionUpdated`: what a session has found so far.
 */
export type FuzzyFileSearchSessionUpdatedNotification = {
  /**
   * The session, by the client's id.
   */
  sessionId: string,
  /**
   * The query that the files belong to; tells late results of an older query apart.
   */
  query: string,
  /**
   * What was found for the query; may be empty.
   */
  files: Array<FuzzyFileSearchResult>,
};
