// Generated from the protocol crate; do not edit.

/**
 * A part of a message between agents.
 */
export type AgentMessageInputContent =
  /**
   * Text.
   */
  {
    type: "input_text",
    /**
     * The text.
     */
    text: string,
  }
  /**
   * Content only the provider can read.
   */
  | {
    type: "encrypted_content",
    /**
     * The content as it came.
     */
    encrypted_content: string,
  };
