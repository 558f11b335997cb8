// Generated from the protocol crate; do not edit.

import type { Thread } from "./Thread";

/**
 * A thread that matches a search.
 */
export type ThreadSearchResult = {
  /**
   * The thread that was found.
   */
  thread: Thread,
  /**
   * Excerpt to show with the hit.
   */
  snippet: string,
};
