// Generated from the protocol crate; do not edit.

import type { WorkspaceMessageType } from "./WorkspaceMessageType";

/**
 * A message to the members of a workspace.
 */
export type WorkspaceMessage = {
  /**
   * Id of the message.
   */
  messageId: string,
  /**
   * How it is meant to be shown.
   */
  messageType: WorkspaceMessageType,
  /**
   * Its text, for people.
   */
  messageBody: string,
  /**
   * When it was written, in Unix seconds; null when unknown.
   */
  createdAt: number | null,
  /**
   * When it was put away, in Unix seconds; null when it was not or that is unknown.
   */
  archivedAt: number | null,
};
