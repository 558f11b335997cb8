// Generated from the protocol crate; do not edit.

import type { PluginSearchResult } from "./PluginSearchResult";

/**
 * Result of `plugin/search`: one page.
 */
export type PluginSearchResponse = {
  /**
   * What was found.
   */
  data: Array<PluginSearchResult>,
  /**
   * Cursor for the page after this one; null at the end.
   */
  nextCursor: string | null,
};
