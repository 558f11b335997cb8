// Generated from the protocol crate; do not edit.

import type { AccountSessionWorkspace } from "./AccountSessionWorkspace";

/**
 * A stored ChatGPT login.
 */
export type AccountSession = {
  /**
   * Opaque id of the login, for `accountSession/switch`.
   */
  sessionId: string,
  /**
   * Mail address of the user; null when unknown.
   */
  email: string | null,
  /**
   * Id of the user; null when unknown.
   */
  userId: string | null,
  /**
   * The user's name for people; null when unknown.
   */
  displayName: string | null,
  /**
   * URL of the user's picture; null when there is none.
   */
  imageUrl: string | null,
  /**
   * Unix time when it was last used.
   */
  lastUsedAt: number,
  /**
   * Whether this is the login in use.
   */
  isActive: boolean,
  /**
   * Account id of the workspace chosen in this login; null when none is.
   */
  selectedWorkspaceAccountId: string | null,
  /**
   * The workspaces that this login can choose from.
   */
  workspaces: Array<AccountSessionWorkspace>,
};
