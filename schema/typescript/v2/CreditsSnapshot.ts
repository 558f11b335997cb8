// Generated from the protocol crate; do not edit.

/**
 * The state of an account's credits.
 */
export type CreditsSnapshot = {
  /**
   * Whether any are left.
   */
  hasCredits: boolean,
  /**
   * Whether they never run out; `balance` then says nothing.
   */
  unlimited: boolean,
  /**
   * What is left, as text; null when not told.
   */
  balance: string | null,
};
