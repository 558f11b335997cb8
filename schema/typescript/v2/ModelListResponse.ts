// Generated from the protocol crate; do not edit.

import type { Model } from "./Model";

/**
 * Result of `model/list`.
 */
export type ModelListResponse = {
  /**
   * The models of this page, the recommended first.
   */
  data: Array<Model>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
};
