// Generated from the protocol crate; do not edit.

import type { MarketplaceLoadErrorInfo } from "./MarketplaceLoadErrorInfo";
import type { PluginMarketplaceEntry } from "./PluginMarketplaceEntry";

/**
 * Result of `plugin/list`.
 */
export type PluginListResponse = {
  /**
   * The marketplaces with their plugins.
   */
  marketplaces: Array<PluginMarketplaceEntry>,
  /**
   * Marketplace files that could not be read. Default none.
   */
  marketplaceLoadErrors: Array<MarketplaceLoadErrorInfo>,
  /**
   * Ids of plugins that the remote catalogue features. Default none; filled only with a ChatGPT login.
   */
  featuredPluginIds: Array<string>,
};
