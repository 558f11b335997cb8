// Generated from the protocol crate; do not edit.

import type { Account } from "./Account";

/**
 * Result of `account/read`.
 */
export type GetAccountResponse = {
  /**
   * The login; null when signed out, and whenever the active provider needs no OpenAI login.
   */
  account: Account | null,
  /**
   * Id of the ChatGPT user behind the login; null for other kinds.
   */
  userId: string | null,
  /**
   * Whether the active provider wants an OpenAI login. Several clients go on signed out only when this is false.
   */
  requiresOpenaiAuth: boolean,
};
