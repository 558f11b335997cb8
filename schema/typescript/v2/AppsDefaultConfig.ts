// Generated from the protocol crate; do not edit.

import type { AppToolApproval } from "./AppToolApproval";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";

/**
 * Defaults for all apps.
 */
export type AppsDefaultConfig = {
  /**
   * Whether apps may be used. Default true.
   */
  enabled: boolean,
  /**
   * Who answers approvals of app tools; null means as everywhere else.
   */
  approvals_reviewer: ApprovalsReviewer | null,
  /**
   * Whether tools that destroy data are offered. Default true.
   */
  destructive_enabled: boolean,
  /**
   * Whether tools that reach beyond the app are offered. Default true.
   */
  open_world_enabled: boolean,
  /**
   * When app tools ask; null means `auto`.
   */
  default_tools_approval_mode: AppToolApproval | null,
};
