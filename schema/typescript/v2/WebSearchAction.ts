// Generated from the protocol crate; do not edit.

/**
 * What a search did, as thread items show it.
 */
export type WebSearchAction =
  /**
   * Looked something up.
   */
  {
    type: "search",
    /**
     * The query; null when there are several or none is told.
     */
    query: string | null,
    /**
     * All queries; null when there is one.
     */
    queries: Array<string> | null,
  }
  /**
   * Opened a page.
   */
  | {
    type: "openPage",
    /**
     * Its address; null when not told.
     */
    url: string | null,
  }
  /**
   * Looked for text in an opened page.
   */
  | {
    type: "findInPage",
    /**
     * The page; null when not told.
     */
    url: string | null,
    /**
     * The text; null when not told.
     */
    pattern: string | null,
  }
  /**
   * Something else, or not yet known.
   */
  | {
    type: "other",
  };
