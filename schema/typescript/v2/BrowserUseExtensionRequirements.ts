// Generated from the protocol crate; do not edit.

import type { RequestHeader } from "./RequestHeader";

/**
 * Requirements for the browser extension.
 */
export type BrowserUseExtensionRequirements = {
  /**
   * HTTP headers that are prescribed for requests of the extension. Null: none.
   */
  requestHeaders: Array<RequestHeader> | null,
};
