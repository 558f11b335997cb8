// Generated from the protocol crate; do not edit.

/**
 * A thread's use of one model at one effort and speed.
 */
export type ThreadUsageBreakdownGroup = {
  /**
   * Slug of the model; null when unknown.
   */
  model: string | null,
  /**
   * Reasoning effort; null when unknown.
   */
  reasoningEffort: string | null,
  /**
   * Speed tier; null when unknown.
   */
  speed: string | null,
  /**
   * Estimated use in millionths of a credit.
   */
  estimatedUsageCreditsMicros: number,
  /**
   * Input tokens that were new; null when unknown.
   */
  netNewInputTokens: number | null,
  /**
   * Input tokens that came from the cache; null when unknown.
   */
  cachedInputTokens: number | null,
  /**
   * Input tokens; null when unknown.
   */
  inputTokens: number | null,
  /**
   * Output tokens; null when unknown.
   */
  outputTokens: number | null,
  /**
   * All tokens together; null when unknown.
   */
  totalTokens: number | null,
};
