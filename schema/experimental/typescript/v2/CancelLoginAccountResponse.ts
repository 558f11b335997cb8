// Generated from the protocol crate; do not edit.

import type { CancelLoginAccountStatus } from "./CancelLoginAccountStatus";

/**
 * Result of `account/login/cancel`.
 */
export type CancelLoginAccountResponse = {
  /**
   * Whether there was such a login.
   */
  status: CancelLoginAccountStatus,
};
