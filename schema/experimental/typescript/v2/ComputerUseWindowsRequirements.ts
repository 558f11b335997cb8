// Generated from the protocol crate; do not edit.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";
import type { ComputerUseWindowsExeRequirement } from "./ComputerUseWindowsExeRequirement";

/**
 * Which applications computer use may control on Windows.
 */
export type ComputerUseWindowsRequirements = {
  /**
   * Allowed or denied applications, by Application User Model ID. Null: no rule.
   */
  aumids: { [key in string]?: AllowDenyRequirement } | null,
  /**
   * Rules for programs that are identified by their executable. Null: none.
   */
  exes: Array<ComputerUseWindowsExeRequirement> | null,
};
