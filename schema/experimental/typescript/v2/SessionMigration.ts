// Generated from the protocol crate; do not edit.

/**
 * A session to import.
 */
export type SessionMigration = {
  /**
   * File that holds the session.
   */
  path: string,
  /**
   * Working directory of the session.
   */
  cwd: string,
  /**
   * Title of the session; null when it has none.
   */
  title: string | null,
};
