// Generated from the protocol crate; do not edit.

/**
 * Size of a terminal in character cells.
 */
export type CommandExecTerminalSize = {
  /**
   * Height in cells, 1 to 65535.
   */
  rows: number,
  /**
   * Width in cells, 1 to 65535.
   */
  cols: number,
};
