// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Result of `marketplace/remove`.
 */
export type MarketplaceRemoveResponse = {
  /**
   * Name of the one that was removed.
   */
  marketplaceName: string,
  /**
   * The folder it was installed in; null when there is none to name.
   */
  installedRoot: AbsolutePathBuf | null,
};
