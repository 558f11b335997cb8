// Generated from the protocol crate; do not edit.

import type { UserInput } from "./UserInput";

/**
 * Params of `turn/steer`: more input for the running turn.
 */
export type TurnSteerParams = {
  /**
   * The thread.
   */
  threadId: string,
  /**
   * The client's own id of the message; comes back as `clientId` of its item.
   */
  clientUserMessageId?: string | null,
  /**
   * The parts of the message; at least one.
   */
  input: Array<UserInput>,
  /**
   * The turn the client means; refused when another one runs, or none.
   */
  expectedTurnId: string,
};
