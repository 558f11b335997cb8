// Generated from the protocol crate; do not edit.

import type { AppLinksConfig } from "./AppLinksConfig";
import type { AppToolApproval } from "./AppToolApproval";
import type { AppToolsConfig } from "./AppToolsConfig";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { ToolExposureSurface } from "../ToolExposureSurface";

/**
 * Settings of one app.
 */
export type AppConfig = {
  /**
   * Who answers approvals of its tools; null: no choice made here.
   */
  approvals_reviewer: ApprovalsReviewer | null,
  /**
   * When its tools ask, where a tool has no entry of its own; null: no choice made here.
   */
  default_tools_approval_mode: AppToolApproval | null,
  /**
   * Whether tools without an entry of their own are offered; null: no choice made here.
   */
  default_tools_enabled: boolean | null,
  /**
   * Whether tools that destroy data are offered; null: no choice made here.
   */
  destructive_enabled: boolean | null,
  /**
   * Whether the app may be used. Default true.
   */
  enabled: boolean,
  /**
   * Settings by connected account, keyed by the id of its link; null: none.
   */
  links: AppLinksConfig | null,
  /**
   * Further places where the model is not to find the app's tools; null: none.
   */
  omit_tools_from: Array<ToolExposureSurface> | null,
  /**
   * Whether tools that reach beyond the app are offered; null: no choice made here.
   */
  open_world_enabled: boolean | null,
  /**
   * Settings by name of the tool; null: none.
   */
  tools: AppToolsConfig | null,
};
