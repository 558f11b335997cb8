// Generated from the protocol crate; do not edit.

import type { BrowserUseOriginPolicyConfig } from "./BrowserUseOriginPolicyConfig";

/**
 * The `browser_use` table.
 */
export type BrowserUseConfig = {
  /**
   * Whether the browser's history may be read.
   */
  allow_history_access: boolean | null,
  /**
   * What holds for origins not listed.
   */
  default_origin_policy: BrowserUseOriginPolicyConfig | null,
  /**
   * Rules by origin, such as `https://example.com`.
   */
  origins: { [key in string]?: BrowserUseOriginPolicyConfig } | null,
};
