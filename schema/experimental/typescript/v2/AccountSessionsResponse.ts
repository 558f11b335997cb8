// Generated from the protocol crate; do not edit.

import type { AccountSession } from "./AccountSession";

/**
 * Result of `accountSession/list`.
 */
export type AccountSessionsResponse = {
  /**
   * Id of the login in use; null when there is none.
   */
  activeSessionId: string | null,
  /**
   * The stored logins; empty without any.
   */
  sessions: Array<AccountSession>,
};
