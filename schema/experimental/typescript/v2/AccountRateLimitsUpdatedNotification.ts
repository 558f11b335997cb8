// Generated from the protocol crate; do not edit.

import type { RateLimitSnapshot } from "./RateLimitSnapshot";

/**
 * `account/rateLimits/updated`: what the last model response told about limits, sent after every response.
 *
 * Fields that are null here say nothing: a client keeps what it knew before, or reads all anew by
 * `account/rateLimits/read`.
 */
export type AccountRateLimitsUpdatedNotification = {
  /**
   * The limits as far as the response named them.
   */
  rateLimits: RateLimitSnapshot,
};
