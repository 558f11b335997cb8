// Generated from the protocol crate; do not edit.

/**
 * Params of `marketplace/upgrade`.
 */
export type MarketplaceUpgradeParams = {
  /**
   * The one to upgrade; absent or null: every marketplace that comes from git.
   */
  marketplaceName?: string | null,
};
