// Generated from the protocol crate; do not edit.

import type { JsonValue } from "../serde_json/JsonValue";
import type { RateLimitResetCreditsSummary } from "./RateLimitResetCreditsSummary";
import type { RateLimitSnapshot } from "./RateLimitSnapshot";

/**
 * Result of `account/rateLimits/read`.
 */
export type GetAccountRateLimitsResponse = {
  /**
   * Whether the backend lets the active account use what its plan includes; null when it did not say. Do not guess
   * it from percentages or reset times.
   */
  ordinaryUsageAllowed: boolean | null,
  /**
   * The limits as one set, that of `codex`; kept for older clients.
   */
  rateLimits: RateLimitSnapshot,
  /**
   * All limits by their `limitId`, `codex` among them; null when not told.
   */
  rateLimitsByLimitId: { [key in string]?: RateLimitSnapshot } | null,
  /**
   * Credits that reset the limits early; null when they could not be had.
   */
  rateLimitResetCredits: RateLimitResetCreditsSummary | null,
  /**
   * Account that the figures belong to; null when the backend does not name it.
   */
  accountId: string | null,
  /**
   * A banner to show, as the backend wrote it, with its keys in snake_case; null or absent leaves the client's
   * display as it is.
   */
  rateLimitUpsell: JsonValue,
};
