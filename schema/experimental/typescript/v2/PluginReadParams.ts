// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `plugin/read`: which plugin, and whose.
 */
export type PluginReadParams = {
  /**
   * Absolute path of the marketplace file. Not together with `remoteMarketplaceName`; one of the two is needed.
   */
  marketplacePath?: AbsolutePathBuf | null,
  /**
   * Name of a marketplace of the remote catalogue. Not together with `marketplacePath`; one of the two is needed.
   */
  remoteMarketplaceName?: string | null,
  /**
   * Name of the plugin in the marketplace, without `@marketplace`.
   */
  pluginName: string,
};
