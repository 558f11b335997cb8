// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { PluginSummary } from "./PluginSummary";

/**
 * A plugin that was found.
 */
export type PluginSearchResult = {
  /**
   * The plugin.
   */
  plugin: PluginSummary,
  /**
   * Name of the marketplace that offers it.
   */
  marketplaceName: string,
  /**
   * Absolute path of the marketplace file; null for the remote catalogue.
   */
  marketplacePath: AbsolutePathBuf | null,
};
