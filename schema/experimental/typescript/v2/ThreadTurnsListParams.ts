// Generated from the protocol crate; do not edit.

import type { SortDirection } from "./SortDirection";
import type { TurnItemsView } from "./TurnItemsView";

/**
 * Params of `thread/turns/list`.
 */
export type ThreadTurnsListParams = {
  /**
   * The thread whose turns are wanted.
   */
  threadId: string,
  /**
   * Where to go on: `nextCursor` or `backwardsCursor` of a page; absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Turns per page; absent or null: as many as the server likes.
   */
  limit?: number | null,
  /**
   * Absent or null means `desc`, the newest first.
   */
  sortDirection?: SortDirection | null,
  /**
   * How much of their items; absent or null means `summary`.
   */
  itemsView?: TurnItemsView | null,
};
