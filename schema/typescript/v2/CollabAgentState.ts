// Generated from the protocol crate; do not edit.

import type { CollabAgentStatus } from "./CollabAgentStatus";

/**
 * State of another agent.
 */
export type CollabAgentState = {
  /**
   * How far it is.
   */
  status: CollabAgentStatus,
  /**
   * Its last message or error; null when there is none.
   */
  message: string | null,
};
