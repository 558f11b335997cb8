// Generated from the protocol crate; do not edit.

import type { AppToolApproval } from "./AppToolApproval";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";

/**
 * Settings of one account connected to an app.
 */
export type AppLinkConfig = {
  /**
   * Who answers approvals of tools used with this account; null: no choice made here.
   */
  approvals_reviewer: ApprovalsReviewer | null,
  /**
   * When tools used with this account ask; null: no choice made here.
   */
  default_tools_approval_mode: AppToolApproval | null,
};
