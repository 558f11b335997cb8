// Generated from the protocol crate; do not edit.

import type { ByteRange } from "./ByteRange";

/**
 * A span of a text that clients draw in a special way.
 */
export type TextElement = {
  /**
   * Where it is, in the text beside it.
   */
  byteRange: ByteRange,
  /**
   * What to draw in its place; null to draw the text.
   */
  placeholder: string | null,
};
