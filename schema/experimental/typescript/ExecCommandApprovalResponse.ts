// Generated from the protocol crate; do not edit.

import type { ReviewDecision } from "./ReviewDecision";

/**
 * Result of `execCommandApproval`.
 */
export type ExecCommandApprovalResponse = {
  /**
   * What the user decided.
   */
  decision: ReviewDecision,
};
