// Generated from the protocol crate; do not edit.

/**
 * What came of a prediction.
 */
export type ThreadPredictionResult =
  /**
   * It came to its end.
   */
  {
    type: "completed",
    /**
     * The predicted text; null when there is none.
     */
    text: string | null,
  }
  /**
   * It failed.
   */
  | {
    type: "failed",
  };
