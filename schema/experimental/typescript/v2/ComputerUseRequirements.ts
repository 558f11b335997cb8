// Generated from the protocol crate; do not edit.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";
import type { ComputerUseMacosRequirements } from "./ComputerUseMacosRequirements";
import type { ComputerUseWindowsRequirements } from "./ComputerUseWindowsRequirements";

/**
 * Requirements for computer use: when, and with which applications.
 */
export type ComputerUseRequirements = {
  /**
   * Whether it may go on while the computer is locked. Null: no rule.
   */
  allowLockedComputerUse: boolean | null,
  /**
   * Whether an approval may be kept for good. Null: no rule.
   */
  allowPersistentApproval: boolean | null,
  /**
   * Whether applications without a rule of their own may be controlled. Null: no rule.
   */
  defaultAppAccess: AllowDenyRequirement | null,
  /**
   * Rules for applications on macOS. Null: none.
   */
  macos: ComputerUseMacosRequirements | null,
  /**
   * Rules for applications on Windows. Null: none.
   */
  windows: ComputerUseWindowsRequirements | null,
};
