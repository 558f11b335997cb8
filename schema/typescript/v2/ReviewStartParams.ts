// Generated from the protocol crate; do not edit.

import type { ReviewDelivery } from "./ReviewDelivery";
import type { ReviewTarget } from "./ReviewTarget";

/**
 * Params of `review/start`.
 */
export type ReviewStartParams = {
  /**
   * The thread to review on.
   */
  threadId: string,
  /**
   * What to review.
   */
  target: ReviewTarget,
  /**
   * Where to run it; absent or null: `inline`, the only choice. For a review apart, start a thread of its own and
   * name that one.
   */
  delivery?: ReviewDelivery | null,
};
