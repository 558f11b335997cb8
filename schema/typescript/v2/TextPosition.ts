// Generated from the protocol crate; do not edit.

/**
 * A place in a text file.
 */
export type TextPosition = {
  /**
   * Line, counted from 1.
   */
  line: number,
  /**
   * Column, counted from 1 in Unicode scalar values.
   */
  column: number,
};
