// Generated from the protocol crate; do not edit.

import type { SortDirection } from "./SortDirection";
import type { ThreadItemOutputDeferral } from "./ThreadItemOutputDeferral";
import type { ThreadItemsListCursor } from "./ThreadItemsListCursor";

/**
 * Params of `thread/items/list`.
 */
export type ThreadItemsListParams = {
  /**
   * The thread whose items are wanted.
   */
  threadId: string,
  /**
   * Only items of this turn; absent or null: of all turns.
   */
  turnId?: string | null,
  /**
   * Where to begin: `nextCursor` or `backwardsCursor` of a page, or an item, which wants a `turnId` that is not
   * empty. Beside an item the page holds what comes after it in ascending order, and what precedes it in descending
   * order; go on with the cursor of that page. Absent or null: from the start.
   */
  cursor?: ThreadItemsListCursor | null,
  /**
   * Items per page; absent or null: as many as the server likes.
   */
  limit?: number | null,
  /**
   * Absent or null means `asc`, the oldest first.
   */
  sortDirection?: SortDirection | null,
  /**
   * Outputs to leave out, for reading them later by `thread/items/read`. Only for the items of a single turn. Absent
   * or null: none.
   */
  deferOutput?: ThreadItemOutputDeferral | null,
};
