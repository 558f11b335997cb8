// Generated from the protocol crate; do not edit.

/**
 * The repository a thread was created in.
 */
export type GitInfo = {
  /**
   * Commit that was checked out; null when there was none.
   */
  sha: string | null,
  /**
   * Branch that was checked out; null when none was.
   */
  branch: string | null,
  /**
   * Address of the remote `origin`; null without one.
   */
  originUrl: string | null,
};
