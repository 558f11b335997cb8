// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { MarketplaceInterface } from "./MarketplaceInterface";
import type { PluginSummary } from "./PluginSummary";

/**
 * A marketplace and plugins it offers.
 */
export type PluginMarketplaceEntry = {
  /**
   * Name of the marketplace.
   */
  name: string,
  /**
   * Absolute path of its file; null for one that exists only in the remote catalogue.
   */
  path: AbsolutePathBuf | null,
  /**
   * How to show it; null when nothing is told.
   */
  interface: MarketplaceInterface | null,
  /**
   * Its plugins.
   */
  plugins: Array<PluginSummary>,
};
