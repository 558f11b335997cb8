// Generated from the protocol crate; do not edit.

import type { ThreadSection } from "./ThreadSection";

/**
 * Result of `threadSection/create`.
 */
export type ThreadSectionCreateResponse = {
  /**
   * The new section, with the id the server gave it.
   */
  section: ThreadSection,
};
