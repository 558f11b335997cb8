// Generated from the protocol crate; do not edit.

import type { BrowserUseExtensionRequirements } from "./BrowserUseExtensionRequirements";
import type { BrowserUseOriginPolicy } from "./BrowserUseOriginPolicy";

/**
 * Requirements for browser use as a whole, by default, and by origin.
 */
export type BrowserUseRequirements = {
  /**
   * Requirements for the browser extension. Null: none.
   */
  extension: BrowserUseExtensionRequirements | null,
  /**
   * Whether tools that pages offer through WebMCP may be used. Null: no rule.
   */
  allowWebmcp: boolean | null,
  /**
   * Whether the browsing history may be read. Null: no rule.
   */
  allowHistoryAccess: boolean | null,
  /**
   * True keeps the automatic reviewer out of browser use. Null: no rule.
   */
  disableAutoReview: boolean | null,
  /**
   * Whether a lasting approval may cover every origin at once. Null: no rule.
   */
  allowGlobalPersistentApproval: boolean | null,
  /**
   * Policy for origins without an entry in `origins`. Null: none.
   */
  defaultOriginPolicy: BrowserUseOriginPolicy | null,
  /**
   * Policies by origin. Null: none.
   */
  origins: { [key in string]?: BrowserUseOriginPolicy } | null,
};
