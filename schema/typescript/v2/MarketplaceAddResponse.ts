// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Result of `marketplace/add`.
 */
export type MarketplaceAddResponse = {
  /**
   * Name of the marketplace, by which the other methods know it.
   */
  marketplaceName: string,
  /**
   * Folder it is read from: the local source itself, or the clone.
   */
  installedRoot: AbsolutePathBuf,
  /**
   * True when it had been added before.
   */
  alreadyAdded: boolean,
};
