// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { MarketplaceUpgradeErrorInfo } from "./MarketplaceUpgradeErrorInfo";

/**
 * Result of `marketplace/upgrade`; three empty lists when there was nothing to do.
 */
export type MarketplaceUpgradeResponse = {
  /**
   * Names of the marketplaces chosen for the upgrade.
   */
  selectedMarketplaces: Array<string>,
  /**
   * Folders of those that were upgraded.
   */
  upgradedRoots: Array<AbsolutePathBuf>,
  /**
   * Those that failed; empty when none did.
   */
  errors: Array<MarketplaceUpgradeErrorInfo>,
};
