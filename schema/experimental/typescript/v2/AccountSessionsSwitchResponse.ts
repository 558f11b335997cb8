// Generated from the protocol crate; do not edit.

import type { AccountSession } from "./AccountSession";

/**
 * Result of `accountSession/switch`: done, or waiting for the user in a browser.
 */
export type AccountSessionsSwitchResponse =
  /**
   * The change is made; this is the state after it.
   */
  {
    /**
     * Id of the login in use now.
     */
    activeSessionId: string | null,
    /**
     * The stored logins.
     */
    sessions: Array<AccountSession>,
  }
  /**
   * The user must sign in first: open the page, then wait for `account/login/completed` with this id.
   */
  | {
    /**
     * Page to open in a browser.
     */
    auth_url: string,
    /**
     * Id of the login that waits, as in `account/login/completed`.
     */
    login_id: string,
  };
