// Generated from the protocol crate; do not edit.

import type { SkillToolDependency } from "./SkillToolDependency";

/**
 * What a skill needs to work, from its `agents/openai.yaml`.
 */
export type SkillDependencies = {
  /**
   * The tools it needs.
   */
  tools: Array<SkillToolDependency>,
};
