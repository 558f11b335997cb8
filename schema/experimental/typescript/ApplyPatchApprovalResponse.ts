// Generated from the protocol crate; do not edit.

import type { ReviewDecision } from "./ReviewDecision";

/**
 * Result of `applyPatchApproval`.
 */
export type ApplyPatchApprovalResponse = {
  /**
   * What the user decided.
   */
  decision: ReviewDecision,
};
