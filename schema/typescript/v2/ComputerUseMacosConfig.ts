// Generated from the protocol crate; do not edit.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";

/**
 * Which programs may be operated on macOS.
 */
export type ComputerUseMacosConfig = {
  /**
   * Rules by bundle id, such as `com.example.editor`.
   */
  bundle_ids: { [key in string]?: AllowDenyRequirement } | null,
};
