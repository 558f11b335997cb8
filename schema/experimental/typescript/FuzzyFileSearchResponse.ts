// Generated from the protocol crate; do not edit.

import type { FuzzyFileSearchResult } from "./FuzzyFileSearchResult";

/**
 * Result of `fuzzyFileSearch`.
 */
export type FuzzyFileSearchResponse = {
  /**
   * What was found, at most 50 entries; empty when nothing matches.
   */
  files: Array<FuzzyFileSearchResult>,
};
