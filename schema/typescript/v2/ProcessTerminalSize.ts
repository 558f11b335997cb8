// Generated from the protocol crate; do not edit.

/**
 * Size of a terminal, in character cells.
 */
export type ProcessTerminalSize = {
  /**
   * Its height, in cells.
   */
  rows: number,
  /**
   * Its width, in cells.
   */
  cols: number,
};
