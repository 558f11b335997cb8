// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/sample`.
 */
export type ThreadSampleResponse = {
  /**
   * The turn whose context was used.
   */
  sourceTurnId: string,
  /**
   * Id of the model's response, as the provider gave it.
   */
  responseId: string,
  /**
   * What the model said; null when it wanted to call a tool instead, or said nothing.
   */
  text: string | null,
  /**
   * Tokens read; null when not reported.
   */
  inputTokens: number | null,
  /**
   * Those of the tokens read that came from the prompt cache; null when not reported.
   */
  cachedInputTokens: number | null,
  /**
   * Tokens written; null when not reported.
   */
  outputTokens: number | null,
};
