// Generated from the protocol crate; do not edit.

import type { UserInput } from "./UserInput";

/**
 * An input that waits in the queue of a thread.
 */
export type QueuedSubmission = {
  /**
   * Id of the entry, for the other methods of the queue.
   */
  id: string,
  /**
   * The parts of the message.
   */
  input: Array<UserInput>,
  /**
   * The client's own id of the message; comes back as `clientId` of its item.
   */
  clientUserMessageId: string,
  /**
   * Notes for the turn metadata of requests to the model; they stay with the input when a client reconnects or the
   * queue is restored. Null for none.
   */
  responsesapiClientMetadata: { [key in string]?: string } | null,
};
