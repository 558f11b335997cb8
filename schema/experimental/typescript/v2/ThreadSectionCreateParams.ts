// Generated from the protocol crate; do not edit.

import type { ThreadSectionAppearance } from "./ThreadSectionAppearance";

/**
 * Params of `threadSection/create`.
 */
export type ThreadSectionCreateParams = {
  /**
   * Name for people.
   */
  name: string,
  /**
   * How clients draw it; absent or null for the usual way.
   */
  appearance?: ThreadSectionAppearance | null,
};
