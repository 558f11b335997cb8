// Generated from the protocol crate; do not edit.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";

/**
 * Rule for a Windows program that is known by what its executable says of itself.
 */
export type ComputerUseWindowsExeRequirement = {
  /**
   * Publisher of the executable.
   */
  publisherName: string,
  /**
   * Product that the executable belongs to.
   */
  productName: string,
  /**
   * Name of the executable; null when the rule names none.
   */
  binaryName: string | null,
  /**
   * Whether computer use may control it.
   */
  access: AllowDenyRequirement,
};
