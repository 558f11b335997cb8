// Generated from the protocol crate; do not edit.

/**
 * A place in a memory file.
 */
export type MemoryCitationEntry = {
  /**
   * The file.
   */
  path: string,
  /**
   * First line of the place.
   */
  lineStart: number,
  /**
   * Last line of the place.
   */
  lineEnd: number,
  /**
   * What was taken from there.
   */
  note: string,
};
