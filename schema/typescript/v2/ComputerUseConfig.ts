// Generated from the protocol crate; do not edit.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";
import type { ComputerUseMacosConfig } from "./ComputerUseMacosConfig";
import type { ComputerUseWindowsConfig } from "./ComputerUseWindowsConfig";

/**
 * The `computer_use` table.
 */
export type ComputerUseConfig = {
  /**
   * What holds for programs not listed.
   */
  default_app_access: AllowDenyRequirement | null,
  /**
   * Rules on macOS.
   */
  macos: ComputerUseMacosConfig | null,
  /**
   * Rules on Windows.
   */
  windows: ComputerUseWindowsConfig | null,
};
