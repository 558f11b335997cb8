// Generated from the protocol crate; do not edit.

import type { CommandExecOutputStream } from "./CommandExecOutputStream";

/**
 * Params of `command/exec/outputDelta`.
 */
export type CommandExecOutputDeltaNotification = {
  /**
   * The command, by the id that the client chose.
   */
  processId: string,
  /**
   * Where it was printed.
   */
  stream: CommandExecOutputStream,
  /**
   * The bytes, in base64; they may end in the middle of a character.
   */
  deltaBase64: string,
  /**
   * Whether the output cap was hit: this is the stream's last delta and what follows is dropped.
   */
  capReached: boolean,
};
