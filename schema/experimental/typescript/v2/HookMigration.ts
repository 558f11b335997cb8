// Generated from the protocol crate; do not edit.

/**
 * A hook to import.
 */
export type HookMigration = {
  /**
   * Its name.
   */
  name: string,
};
