// Generated from the protocol crate; do not edit.

import type { Project } from "./Project";

/**
 * Result of `project/list`: one page.
 */
export type ProjectListResponse = {
  /**
   * The projects, in the order asked for.
   */
  data: Array<Project>,
  /**
   * Where the next page starts; null on the last one.
   */
  nextCursor: string | null,
};
