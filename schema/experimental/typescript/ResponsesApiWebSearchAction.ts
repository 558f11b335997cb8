// Generated from the protocol crate; do not edit.

/**
 * What a search did, in the API's form; `WebSearchAction` is the form of thread items.
 */
export type ResponsesApiWebSearchAction =
  /**
   * Looked something up.
   */
  {
    type: "search",
    /**
     * The query; absent when there are several.
     */
    query?: string,
    /**
     * All queries; absent when there is one.
     */
    queries?: Array<string>,
  }
  /**
   * Opened a page.
   */
  | {
    type: "open_page",
    /**
     * Its address; absent when not told.
     */
    url?: string,
  }
  /**
   * Looked for text in an opened page.
   */
  | {
    type: "find_in_page",
    /**
     * The text; absent when not told.
     */
    pattern?: string,
    /**
     * The page; absent when not told.
     */
    url?: string,
  }
  /**
   * Something else.
   */
  | {
    type: "other",
  };
