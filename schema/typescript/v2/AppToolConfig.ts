// Generated from the protocol crate; do not edit.

import type { AppToolApproval } from "./AppToolApproval";

/**
 * Settings of one tool.
 */
export type AppToolConfig = {
  /**
   * When it asks; null: no choice made here.
   */
  approval_mode: AppToolApproval | null,
  /**
   * Whether it is offered; null: no choice made here.
   */
  enabled: boolean | null,
};
