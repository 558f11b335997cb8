// Generated from the protocol crate; do not edit.

import type { AccountSecuritySetupAction } from "./AccountSecuritySetupAction";

/**
 * A reminder about the account's security, for one user of one account.
 */
export type AccountSecuritySetupNotice = {
  /**
   * Account that the reminder was read for; show it only while that one is signed in.
   */
  accountId: string,
  /**
   * User that the reminder was read for.
   */
  userId: string,
  /**
   * Headline for people.
   */
  title: string,
  /**
   * Text for people, below the headline.
   */
  description: string,
  /**
   * What the user can do about it.
   */
  action: AccountSecuritySetupAction,
};
