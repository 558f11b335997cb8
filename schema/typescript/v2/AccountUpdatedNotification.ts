// Generated from the protocol crate; do not edit.

import type { AuthMode } from "../AuthMode";
import type { PlanType } from "../PlanType";

/**
 * `account/updated`: the login in use from now on.
 */
export type AccountUpdatedNotification = {
  /**
   * Kind of the login; null when signed out.
   */
  authMode: AuthMode | null,
  /**
   * Plan of a ChatGPT login; null for other kinds and when signed out.
   */
  planType: PlanType | null,
};
