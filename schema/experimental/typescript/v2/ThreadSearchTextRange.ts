// Generated from the protocol crate; do not edit.

/**
 * A range of `snippet`, counted in UTF-16 code units as in JavaScript strings.
 */
export type ThreadSearchTextRange = {
  /**
   * Offset of the first code unit, counted from 0.
   */
  start: number,
  /**
   * Offset just behind the last code unit.
   */
  end: number,
};
