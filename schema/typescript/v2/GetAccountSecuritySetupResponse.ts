// Generated from the protocol crate; do not edit.

import type { AccountSecuritySetupNotice } from "./AccountSecuritySetupNotice";

/**
 * Result of `account/securitySetup/read`.
 */
export type GetAccountSecuritySetupResponse = {
  /**
   * The reminder; null when there is none, when it cannot be had, and when the account is not meant to get one.
   */
  notice: AccountSecuritySetupNotice | null,
};
