// Generated from the protocol crate; do not edit.

/**
 * `turn/diff/updated`: all that a turn changed in files so far, in one diff.
 */
export type TurnDiffUpdatedNotification = {
  /**
   * The thread of the turn.
   */
  threadId: string,
  /**
   * The turn whose changes these are.
   */
  turnId: string,
  /**
   * The diff in the form of git, with full blob ids; it replaces the one sent before.
   */
  diff: string,
};
