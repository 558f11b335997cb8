// Generated from the protocol crate; do not edit.

import type { ProjectSortKey } from "./ProjectSortKey";
import type { SortDirection } from "./SortDirection";

/**
 * Params of `project/list`: which page, in which order.
 */
export type ProjectListParams = {
  /**
   * Where to go on: `nextCursor` of the page before, with the same order; absent or null: from the start.
   */
  cursor?: string | null,
  /**
   * Projects per page; absent or null: the server's choice.
   */
  limit?: number | null,
  /**
   * What to sort by; absent or null: `position`. By `recencyAt`, projects without threads come at the end in both
   * directions.
   */
  sortKey?: ProjectSortKey | null,
  /**
   * Allowed only together with `sortKey`; absent or null: `asc` for `position`, `desc` for `recencyAt`.
   */
  sortDirection?: SortDirection | null,
};
