// Generated from the protocol crate; do not edit.

import type { CommandExecTerminalSize } from "./CommandExecTerminalSize";

/**
 * Params of `command/exec/resize`.
 */
export type CommandExecResizeParams = {
  /**
   * The command, by the id that the client chose.
   */
  processId: string,
  /**
   * The new size.
   */
  size: CommandExecTerminalSize,
};
