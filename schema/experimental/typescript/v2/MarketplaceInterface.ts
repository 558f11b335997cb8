// Generated from the protocol crate; do not edit.

/**
 * How a marketplace presents itself to people.
 */
export type MarketplaceInterface = {
  /**
   * Name to show; null when it gives none.
   */
  displayName: string | null,
};
