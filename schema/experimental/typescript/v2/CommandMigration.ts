// Generated from the protocol crate; do not edit.

/**
 * A custom command to import; it becomes a skill.
 */
export type CommandMigration = {
  /**
   * Its name.
   */
  name: string,
};
