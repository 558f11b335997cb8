// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * A marketplace file that could not be loaded.
 */
export type MarketplaceLoadErrorInfo = {
  /**
   * The broken file.
   */
  marketplacePath: AbsolutePathBuf,
  /**
   * What is wrong with it, for people.
   */
  message: string,
};
