// Generated from the protocol crate; do not edit.

import type { TokenUsageBreakdown } from "./TokenUsageBreakdown";

/**
 * Tokens a thread has used.
 */
export type ThreadTokenUsage = {
  /**
   * Sum over all responses of the thread.
   */
  total: TokenUsageBreakdown,
  /**
   * The last response alone; what its context holds now.
   */
  last: TokenUsageBreakdown,
  /**
   * Tokens the model's context can hold for use; null when unknown.
   */
  modelContextWindow: number | null,
};
