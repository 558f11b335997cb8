// Generated from the protocol crate; do not edit.

import type { AllowDenyRequirement } from "./AllowDenyRequirement";

/**
 * What the agent may do on one origin.
 */
export type BrowserUseOriginPolicyConfig = {
  /**
   * Opening its pages at all.
   */
  access: AllowDenyRequirement | null,
  /**
   * Saving files from it.
   */
  downloads: AllowDenyRequirement | null,
  /**
   * Sending files to it.
   */
  uploads: AllowDenyRequirement | null,
  /**
   * Steering the browser there with the whole debugging protocol.
   */
  full_cdp_access: AllowDenyRequirement | null,
};
