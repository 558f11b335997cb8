// Generated from the protocol crate; do not edit.

import type { ProcessTerminalSize } from "./ProcessTerminalSize";

/**
 * Params of `process/resizePty`.
 */
export type ProcessResizePtyParams = {
  /**
   * Handle of a running process that was spawned with `tty`.
   */
  processHandle: string,
  /**
   * The new size.
   */
  size: ProcessTerminalSize,
};
