// Generated from the protocol crate; do not edit.

import type { FileChangeApprovalDecision } from "./FileChangeApprovalDecision";

/**
 * Result of `item/fileChange/requestApproval`, from the client.
 */
export type FileChangeRequestApprovalResponse = {
  /**
   * What the user decided.
   */
  decision: FileChangeApprovalDecision,
};
