// Generated from the protocol crate; do not edit.

import type { SkillErrorInfo } from "./SkillErrorInfo";
import type { SkillMetadata } from "./SkillMetadata";

/**
 * The skills of one working directory.
 */
export type SkillsListEntry = {
  /**
   * The directory, as the params named it.
   */
  cwd: string,
  /**
   * Its skills, in the order of their sources: repository, user, built in, administrator, plugins.
   */
  skills: Array<SkillMetadata>,
  /**
   * Files that could not be used; empty when all could.
   */
  errors: Array<SkillErrorInfo>,
};
