// Generated from the protocol crate; do not edit.

/**
 * A part of raw reasoning.
 */
export type ReasoningItemContent =
  /**
   * Raw reasoning.
   */
  {
    type: "reasoning_text",
    /**
     * The text.
     */
    text: string,
  }
  /**
   * The same, as some providers name it.
   */
  | {
    type: "text",
    /**
     * The text.
     */
    text: string,
  };
