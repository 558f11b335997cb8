// Generated from the protocol crate; do not edit.

import type { ExperimentalFeature } from "./ExperimentalFeature";

/**
 * Result of `experimentalFeature/list`.
 */
export type ExperimentalFeatureListResponse = {
  /**
   * The flags of this page.
   */
  data: Array<ExperimentalFeature>,
  /**
   * Cursor of the next page; null on the last.
   */
  nextCursor: string | null,
};
