// Generated from the protocol crate; do not edit.

/**
 * A role for sub-agents to import.
 */
export type SubagentMigration = {
  /**
   * Its name.
   */
  name: string,
};
