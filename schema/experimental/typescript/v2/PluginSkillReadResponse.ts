// Generated from the protocol crate; do not edit.

/**
 * Result of `plugin/skill/read`.
 */
export type PluginSkillReadResponse = {
  /**
   * Text of the skill; null when the catalogue has none.
   */
  contents: string | null,
};
