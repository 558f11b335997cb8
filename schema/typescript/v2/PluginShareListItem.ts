// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { PluginSummary } from "./PluginSummary";

/**
 * A shared plugin in `plugin/share/list`.
 */
export type PluginShareListItem = {
  /**
   * The plugin; its `shareContext` tells about the sharing.
   */
  plugin: PluginSummary,
  /**
   * Local folder the plugin belongs to; null when there is none.
   */
  localPluginPath: AbsolutePathBuf | null,
};
