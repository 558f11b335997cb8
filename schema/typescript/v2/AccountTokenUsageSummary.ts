// Generated from the protocol crate; do not edit.

/**
 * Figures on the account's whole usage; each is null when unknown.
 */
export type AccountTokenUsageSummary = {
  /**
   * Tokens used since the account exists; null when unknown.
   */
  lifetimeTokens: number | null,
  /**
   * Most tokens used on one day; null when unknown.
   */
  peakDailyTokens: number | null,
  /**
   * Length of the longest turn, in seconds; null when unknown.
   */
  longestRunningTurnSec: number | null,
  /**
   * Days in a row with usage, up to now; null when unknown.
   */
  currentStreakDays: number | null,
  /**
   * Most days in a row with usage; null when unknown.
   */
  longestStreakDays: number | null,
};
