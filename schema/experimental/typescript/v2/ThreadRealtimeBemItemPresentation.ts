// Generated from the protocol crate; do not edit.

/**
 * Experimental. How an item of the agent is shown within a realtime conversation.
 */
export type ThreadRealtimeBemItemPresentation =
  /**
   * The item as a whole.
   */
  {
    type: "wholeItem",
  }
  /**
   * Its Markdown, within the conversation.
   */
  | {
    type: "inlineMarkdown",
  }
  /**
   * One of its visualizations, within the conversation.
   */
  | {
    type: "inlineVisualization",
    /**
     * Which visualization of the item.
     */
    index: number,
  };
