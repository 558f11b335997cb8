// Generated from the protocol crate; do not edit.

import type { SortDirection } from "./SortDirection";
import type { ThreadSearchSortKey } from "./ThreadSearchSortKey";
import type { ThreadSourceKind } from "./ThreadSourceKind";

/**
 * Params of `thread/search`: the text, filters and the page. Experimental.
 */
export type ThreadSearchParams = {
  /**
   * Also finds threads that are attached to another one and kept on disk. Default false.
   */
  includeAttachedThreads?: boolean,
  /**
   * Only threads that the current ChatGPT account may see. Default false.
   */
  currentAccountOnly?: boolean,
  /**
   * Where to go on: `nextCursor` or `backwardsCursor` of a page; absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Threads per page; absent or null: as many as the server likes.
   */
  limit?: number | null,
  /**
   * What to sort by; absent or null means `created_at`.
   */
  sortKey?: ThreadSearchSortKey | null,
  /**
   * Absent or null means `desc`, the newest first.
   */
  sortDirection?: SortDirection | null,
  /**
   * Only threads of these sources; absent, null or empty means those that people started.
   */
  sourceKinds?: Array<ThreadSourceKind> | null,
  /**
   * True finds archived threads only, anything else only those that are not.
   */
  archived?: boolean | null,
  /**
   * The text to search for; always needed.
   */
  searchTerm: string,
};
