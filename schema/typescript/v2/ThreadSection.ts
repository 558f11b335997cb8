// Generated from the protocol crate; do not edit.

import type { ThreadSectionAppearance } from "./ThreadSectionAppearance";

/**
 * A section by which the user orders threads.
 */
export type ThreadSection = {
  /**
   * Id of the section, a UUID of version 7; stays when it is renamed.
   */
  id: string,
  /**
   * Name for people.
   */
  name: string,
  /**
   * How to draw it; null for the usual way.
   */
  appearance: ThreadSectionAppearance | null,
};
