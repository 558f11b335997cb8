// Generated from the protocol crate; do not edit.

import type { TextPosition } from "./TextPosition";

/**
 * A stretch of a text file.
 */
export type TextRange = {
  /**
   * Where it begins.
   */
  start: TextPosition,
  /**
   * Where it ends.
   */
  end: TextPosition,
};
