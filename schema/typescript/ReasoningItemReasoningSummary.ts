// Generated from the protocol crate; do not edit.

/**
 * A part of a summary of reasoning.
 */
export type ReasoningItemReasoningSummary =
  /**
   * Text.
   */
  {
    type: "summary_text",
    /**
     * The text.
     */
    text: string,
  };
