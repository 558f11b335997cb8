// Generated from the protocol crate; do not edit.

import type { ThreadSectionAppearance } from "./ThreadSectionAppearance";

/**
 * Params of `threadSection/update`.
 */
export type ThreadSectionUpdateParams = {
  /**
   * The section to change.
   */
  sectionId: string,
  /**
   * Its name from now on; always needed, so repeat the old one to keep it.
   */
  name: string,
  /**
   * How clients draw it. Three states: absent keeps what it has, null goes back to the usual way, a value sets it.
   */
  appearance?: ThreadSectionAppearance | null,
};
