// Generated from the protocol crate; do not edit.

import type { ThreadBackgroundTerminal } from "./ThreadBackgroundTerminal";

/**
 * Result of `thread/backgroundTerminals/list`.
 */
export type ThreadBackgroundTerminalsListResponse = {
  /**
   * The terminals of this page.
   */
  data: Array<ThreadBackgroundTerminal>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
};
