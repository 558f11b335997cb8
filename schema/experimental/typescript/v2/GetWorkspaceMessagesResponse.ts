// Generated from the protocol crate; do not edit.

import type { WorkspaceMessage } from "./WorkspaceMessage";

/**
 * Result of `account/workspaceMessages/read`.
 */
export type GetWorkspaceMessagesResponse = {
  /**
   * False when the backend does not offer messages to this client (it answered 404).
   */
  featureEnabled: boolean,
  /**
   * The current messages.
   */
  messages: Array<WorkspaceMessage>,
};
