// Generated from the protocol crate; do not edit.

import type { EnvironmentStatusKind } from "./EnvironmentStatusKind";

/**
 * Result of `environment/status`.
 */
export type EnvironmentStatusResponse = {
  /**
   * Its state.
   */
  status: EnvironmentStatusKind,
  /**
   * What is wrong, for people; only with `disconnected` and `unknown`, otherwise left out.
   */
  error?: string,
};
