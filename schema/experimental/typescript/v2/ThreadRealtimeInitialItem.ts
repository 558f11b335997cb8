// Generated from the protocol crate; do not edit.

import type { ConversationTextRole } from "../ConversationTextRole";

/**
 * A text that a session of version 3 begins with.
 */
export type ThreadRealtimeInitialItem = {
  /**
   * In whose name it is said.
   */
  role: ConversationTextRole,
  /**
   * The whole text.
   */
  text: string,
};
