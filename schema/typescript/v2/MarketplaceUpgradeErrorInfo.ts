// Generated from the protocol crate; do not edit.

/**
 * A marketplace whose upgrade failed.
 */
export type MarketplaceUpgradeErrorInfo = {
  /**
   * The marketplace.
   */
  marketplaceName: string,
  /**
   * Why it failed, for people.
   */
  message: string,
};
