// Generated from the protocol crate; do not edit.

import type { UserInput } from "./UserInput";

/**
 * Params of `thread/queue/update`.
 */
export type ThreadQueueUpdateParams = {
  /**
   * The thread whose queue it is.
   */
  threadId: string,
  /**
   * The entry to change.
   */
  queuedSubmissionId: string,
  /**
   * The new parts of the message, in place of all former ones.
   */
  input: Array<UserInput>,
  /**
   * New notes in place of the former ones; absent, null or empty keeps those.
   */
  responsesapiClientMetadata?: { [key in string]?: string } | null,
};
