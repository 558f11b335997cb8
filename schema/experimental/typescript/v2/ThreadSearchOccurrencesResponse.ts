// Generated from the protocol crate; do not edit.

import type { ThreadSearchOccurrence } from "./ThreadSearchOccurrence";

/**
 * Result of `thread/searchOccurrences`. Experimental.
 */
export type ThreadSearchOccurrencesResponse = {
  /**
   * The matches of this page, the oldest message first.
   */
  data: Array<ThreadSearchOccurrence>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
};
