// Generated from the protocol crate; do not edit.

import type { Turn } from "./Turn";

/**
 * Result of `review/start`.
 */
export type ReviewStartResponse = {
  /**
   * The turn of the review; its items hold a user message that says what is reviewed.
   */
  turn: Turn,
  /**
   * The thread the review runs on, always the one that was given.
   */
  reviewThreadId: string,
};
