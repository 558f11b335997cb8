// Generated from the protocol crate; do not edit.

/**
 * Result of `feedback/upload`: the report was delivered.
 */
export type FeedbackUploadResponse = {
  /**
   * Thread id that the report carries.
   */
  threadId: string,
  /**
   * SHA-256 of the base instructions of the session, white space normalised and later developer messages not
   * counted; equals the tag `prompt_hash` of the report. Null when no prompt is recorded.
   */
  promptHash: string | null,
};
