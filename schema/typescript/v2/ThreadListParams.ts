// Generated from the protocol crate; do not edit.

import type { SortDirection } from "./SortDirection";
import type { ThreadListCwdFilter } from "./ThreadListCwdFilter";
import type { ThreadSortKey } from "./ThreadSortKey";
import type { ThreadSourceKind } from "./ThreadSourceKind";

/**
 * Params of `thread/list`. A thread is listed once it has a turn.
 */
export type ThreadListParams = {
  /**
   * Only threads that the current ChatGPT account may see. Default false.
   */
  currentAccountOnly?: boolean,
  /**
   * Where to go on: `nextCursor` or `backwardsCursor` of a page; absent: from the start.
   */
  cursor?: string | null,
  /**
   * Threads per page; absent: as many as the server likes.
   */
  limit?: number | null,
  /**
   * Threads to leave out, before the page is filled. At most 100 valid ids, else the request is refused; the same on
   * every page.
   */
  excludedThreadIds?: Array<string> | null,
  /**
   * What to sort by; absent means `created_at`.
   */
  sortKey?: ThreadSortKey | null,
  /**
   * Absent means `desc`, the newest first.
   */
  sortDirection?: SortDirection | null,
  /**
   * Only threads of these providers; an empty list means all.
   */
  modelProviders?: Array<string> | null,
  /**
   * Only threads of these sources; absent or empty means those that people started.
   */
  sourceKinds?: Array<ThreadSourceKind> | null,
  /**
   * Only threads created by these clients. For hosted servers: here a list that is not empty is refused.
   */
  originators?: Array<string> | null,
  /**
   * True lists archived threads only, anything else only those that are not.
   */
  archived?: boolean | null,
  /**
   * Only threads of this section; null for those in none, absent for all.
   */
  sectionId?: string | null,
  /**
   * Only threads with exactly this working directory, or one of these.
   */
  cwd?: ThreadListCwdFilter | null,
  /**
   * Answers from the index alone, without looking through the files for changes. Default false.
   */
  useStateDbOnly?: boolean,
  /**
   * Only threads whose title or preview contains this text.
   */
  searchTerm?: string | null,
};
