// Generated from the protocol crate; do not edit.

import type { ThreadSection } from "./ThreadSection";

/**
 * Result of `threadSection/list`.
 */
export type ThreadSectionListResponse = {
  /**
   * The sections of this page.
   */
  data: Array<ThreadSection>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
};
