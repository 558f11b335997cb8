// Generated from the protocol crate; do not edit.

import type { ConversationTextRole } from "../ConversationTextRole";

/**
 * Params of `thread/realtime/appendText`.
 */
export type ThreadRealtimeAppendTextParams = {
  /**
   * The thread whose session it goes to.
   */
  threadId: string,
  /**
   * The text to add to the conversation.
   */
  text: string,
  /**
   * In whose name it is said. Default `user`.
   */
  role: ConversationTextRole,
};
