// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";

/**
 * Params of `skills/config/write`; exactly one of `path` and `name`.
 */
export type SkillsConfigWriteParams = {
  /**
   * Chooses the skill by its path; absolute. Absent or null: by `name`.
   */
  path?: AbsolutePathBuf | null,
  /**
   * Chooses the skill by its name; absent or null: by `path`.
   */
  name?: string | null,
  /**
   * False writes an entry that turns it off, true removes that entry.
   */
  enabled: boolean,
};
