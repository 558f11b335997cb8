// Generated from the protocol crate; do not edit.

import type { Turn } from "./Turn";

/**
 * A page of turns.
 */
export type TurnsPage = {
  /**
   * The turns.
   */
  data: Array<Turn>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
  /**
   * Cursor for going the other way; null on an empty page.
   */
  backwardsCursor: string | null,
};
