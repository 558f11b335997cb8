// Generated from the protocol crate; do not edit.

import type { AccountTokenUsageDailyBucket } from "./AccountTokenUsageDailyBucket";
import type { AccountTokenUsageSummary } from "./AccountTokenUsageSummary";
import type { ThreadUsage } from "./ThreadUsage";

/**
 * Result of `account/usage/read`.
 */
export type GetAccountTokenUsageResponse = {
  /**
   * Figures on the account's whole usage.
   */
  summary: AccountTokenUsageSummary,
  /**
   * Tokens by day; null when not told.
   */
  dailyUsageBuckets: Array<AccountTokenUsageDailyBucket> | null,
  /**
   * The estimate for the thread asked about; null when none was asked about or its billing cannot be looked up.
   * Default null.
   */
  threadUsage?: ThreadUsage,
};
