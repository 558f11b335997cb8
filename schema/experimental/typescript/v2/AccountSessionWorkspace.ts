// Generated from the protocol crate; do not edit.

import type { AccountSessionWorkspaceKind } from "./AccountSessionWorkspaceKind";

/**
 * A workspace that a login can choose.
 */
export type AccountSessionWorkspace = {
  /**
   * Account id of the workspace, for `accountSession/switch`; no id of a user.
   */
  accountId: string,
  /**
   * Name for people; null when unknown.
   */
  name: string | null,
  /**
   * URL of its picture; null when there is none.
   */
  imageUrl: string | null,
  /**
   * What it is; null when unknown.
   */
  kind: AccountSessionWorkspaceKind | null,
};
