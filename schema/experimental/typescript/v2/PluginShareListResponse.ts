// Generated from the protocol crate; do not edit.

import type { PluginShareListItem } from "./PluginShareListItem";

/**
 * Result of `plugin/share/list`.
 */
export type PluginShareListResponse = {
  /**
   * The shared plugins, all on one page.
   */
  data: Array<PluginShareListItem>,
};
