// Generated from the protocol crate; do not edit.

import type { UserInput } from "./UserInput";

/**
 * Params of `thread/queue/add`.
 */
export type ThreadQueueAddParams = {
  /**
   * The thread that the input is for.
   */
  threadId: string,
  /**
   * The parts of the message.
   */
  input: Array<UserInput>,
  /**
   * The client's own id of the message; comes back as `clientId` of its item.
   */
  clientUserMessageId: string,
  /**
   * Notes of the client that sends the input, for the turn metadata of requests to the model; absent or null: none.
   */
  responsesapiClientMetadata?: { [key in string]?: string } | null,
};
