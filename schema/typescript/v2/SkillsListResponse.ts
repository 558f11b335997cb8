// Generated from the protocol crate; do not edit.

import type { SkillsListEntry } from "./SkillsListEntry";

/**
 * Result of `skills/list`.
 */
export type SkillsListResponse = {
  /**
   * One entry for each working directory.
   */
  data: Array<SkillsListEntry>,
};
