// Generated from the protocol crate; do not edit.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";
import type { ComputerUseWindowsExeConfig } from "./ComputerUseWindowsExeConfig";

/**
 * Which programs may be operated on Windows.
 */
export type ComputerUseWindowsConfig = {
  /**
   * Rules by application user model id.
   */
  aumids: { [key in string]?: AllowDenyRequirement } | null,
  /**
   * Rules for signed programs without such an id.
   */
  exes: Array<ComputerUseWindowsExeConfig> | null,
};
