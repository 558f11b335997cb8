// Generated from the protocol crate; do not edit.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";

/**
 * Which applications computer use may control on macOS.
 */
export type ComputerUseMacosRequirements = {
  /**
   * Allowed or denied applications, by bundle id. Null: no rule.
   */
  bundleIds: { [key in string]?: AllowDenyRequirement } | null,
};
