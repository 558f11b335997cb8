// Generated from the protocol crate; do not edit.

import type { HooksListEntry } from "./HooksListEntry";

/**
 * Result of `hooks/list`.
 */
export type HooksListResponse = {
  /**
   * One entry per working directory.
   */
  data: Array<HooksListEntry>,
};
