// Generated from the protocol crate; do not edit.

/**
 * Params of `marketplace/remove`.
 */
export type MarketplaceRemoveParams = {
  /**
   * Name of the marketplace to remove; it must be configured or installed.
   */
  marketplaceName: string,
};
