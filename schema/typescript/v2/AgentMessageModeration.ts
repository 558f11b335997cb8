// Generated from the protocol crate; do not edit.

import type { AgentMessageDisplay } from "./AgentMessageDisplay";

/**
 * Result of a content check of a message.
 */
export type AgentMessageModeration = {
  /**
   * Whether the check changed or held back anything.
   */
  moderated: boolean,
  /**
   * How to show the message; null is as usual.
   */
  display: AgentMessageDisplay | null,
};
