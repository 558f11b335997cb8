// Generated from the protocol crate; do not edit.

import type { CollaborationModeMask } from "./CollaborationModeMask";

/**
 * Result of `collaborationMode/list`.
 */
export type CollaborationModeListResponse = {
  /**
   * The modes on offer, in the order to show them.
   */
  data: Array<CollaborationModeMask>,
};
