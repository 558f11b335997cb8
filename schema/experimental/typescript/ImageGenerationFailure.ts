// Generated from the protocol crate; do not edit.

/**
 * Why no image was made.
 */
export type ImageGenerationFailure =
  /**
   * The allowance for images is used up.
   */
  {
    type: "usageLimitExceeded",
    /**
     * Which limit it is.
     */
    limitId: string,
    /**
     * When it renews, in Unix seconds; null when unknown.
     */
    resetsAt: number | null,
  };
