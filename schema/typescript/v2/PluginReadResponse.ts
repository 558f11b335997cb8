// Generated from the protocol crate; do not edit.

import type { PluginDetail } from "./PluginDetail";

/**
 * Result of `plugin/read`.
 */
export type PluginReadResponse = {
  /**
   * The plugin.
   */
  plugin: PluginDetail,
};
