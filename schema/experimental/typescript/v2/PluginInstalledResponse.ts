// Generated from the protocol crate; do not edit.

import type { MarketplaceLoadErrorInfo } from "./MarketplaceLoadErrorInfo";
import type { PluginMarketplaceEntry } from "./PluginMarketplaceEntry";

/**
 * Result of `plugin/installed`.
 */
export type PluginInstalledResponse = {
  /**
   * The marketplaces with their installed plugins.
   */
  marketplaces: Array<PluginMarketplaceEntry>,
  /**
   * Marketplace files that could not be read. Default none.
   */
  marketplaceLoadErrors: Array<MarketplaceLoadErrorInfo>,
};
