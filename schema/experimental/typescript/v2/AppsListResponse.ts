// Generated from the protocol crate; do not edit.

import type { AppInfo } from "./AppInfo";

/**
 * Result of `app/list`. Experimental.
 */
export type AppsListResponse = {
  /**
   * The apps of this page, those the user has access to first.
   */
  data: Array<AppInfo>,
  /**
   * Where the next page begins; null on the last one.
   */
  nextCursor: string | null,
};
