// Generated from the protocol crate; do not edit.

import type { SortDirection } from "./SortDirection";
import type { TurnItemsView } from "./TurnItemsView";

/**
 * Which turns to add to the answer of a resume.
 */
export type ThreadResumeInitialTurnsPageParams = {
  /**
   * Turns on the page; absent: as many as the server likes.
   */
  limit?: number | null,
  /**
   * Absent means `desc`, the newest first.
   */
  sortDirection?: SortDirection | null,
  /**
   * How much of their items; absent means `summary`.
   */
  itemsView?: TurnItemsView | null,
};
