// Generated from the protocol crate; do not edit.

/**
 * A skill to import.
 */
export type SkillMigration = {
  /**
   * Its name.
   */
  name: string,
};
