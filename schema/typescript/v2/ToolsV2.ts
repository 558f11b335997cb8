// Generated from the protocol crate; do not edit.

import type { WebSearchToolConfig } from "../WebSearchToolConfig";

/**
 * The `tools` table as it is read.
 */
export type ToolsV2 = {
  /**
   * Settings of the search tool; null when the file has a plain true or false.
   */
  web_search: WebSearchToolConfig | null,
};
