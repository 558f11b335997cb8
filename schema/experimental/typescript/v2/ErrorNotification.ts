// Generated from the protocol crate; do not edit.

import type { TurnError } from "./TurnError";

/**
 * `error`: a turn met an error; sent for every retry of a stream and for the final failure.
 */
export type ErrorNotification = {
  /**
   * What went wrong.
   */
  error: TurnError,
  /**
   * True while the server tries again by itself; false when the turn fails with this error.
   */
  willRetry: boolean,
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn that met the error.
   */
  turnId: string,
};
