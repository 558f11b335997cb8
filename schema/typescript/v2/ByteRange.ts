// Generated from the protocol crate; do not edit.

/**
 * A stretch of a text, in bytes of its UTF-8 form.
 */
export type ByteRange = {
  /**
   * First byte, from 0.
   */
  start: number,
  /**
   * The byte after the last.
   */
  end: number,
};
