// Generated from the protocol crate; do not edit.

/**
 * A tool that a skill needs.
 */
export type SkillToolDependency = {
  /**
   * Kind of tool, as the skill writes it.
   */
  type: string,
  /**
   * Which one, as the skill writes it.
   */
  value: string,
  /**
   * What it is for; null when not said.
   */
  description?: string,
  /**
   * How it is reached; null when not said.
   */
  transport?: string,
  /**
   * Command that starts it; null when not said.
   */
  command?: string,
  /**
   * Address to reach it at; null when not said.
   */
  url?: string,
};
