// Generated from the protocol crate; do not edit.

/**
 * Tokens by kind.
 */
export type TokenUsageBreakdown = {
  /**
   * Input and output together.
   */
  totalTokens: number,
  /**
   * Input, cached tokens included.
   */
  inputTokens: number,
  /**
   * Input that was read from the provider's cache.
   */
  cachedInputTokens: number,
  /**
   * Input that was written to the cache. Default 0.
   */
  cacheWriteInputTokens: number,
  /**
   * Output, reasoning included.
   */
  outputTokens: number,
  /**
   * Output that is reasoning.
   */
  reasoningOutputTokens: number,
};
