// Generated from the protocol crate; do not edit.

import type { ThreadSection } from "./ThreadSection";

/**
 * Result of `threadSection/update`.
 */
export type ThreadSectionUpdateResponse = {
  /**
   * The section after the change.
   */
  section: ThreadSection,
};
