// Generated from the protocol crate; do not edit.

import type { WindowsSandboxReadiness } from "./WindowsSandboxReadiness";

/**
 * Result of `windowsSandbox/readiness`.
 */
export type WindowsSandboxReadinessResponse = {
  /**
   * Whether it can be used.
   */
  status: WindowsSandboxReadiness,
};
