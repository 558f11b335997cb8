// Generated from the protocol crate; do not edit.

/**
 * A part of the result that a client gives.
 */
export type DynamicToolCallOutputContentItem =
  /**
   * Text.
   */
  {
    type: "inputText",
    /**
     * The text.
     */
    text: string,
  }
  /**
   * An image.
   */
  | {
    type: "inputImage",
    /**
     * Its address or a `data:` URL.
     */
    imageUrl: string,
  }
  /**
   * A recording.
   */
  | {
    type: "inputAudio",
    /**
     * Its address or a `data:` URL.
     */
    audioUrl: string,
  };
