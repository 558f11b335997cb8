// Generated from the protocol crate; do not edit.

/**
 * What a review looks at. Blank texts are refused with -32600.
 */
export type ReviewTarget =
  /**
   * Everything not committed: what is staged, what is not, and new files.
   */
  {
    type: "uncommittedChanges",
  }
  /**
   * How the current branch differs from another; outside of git the turn fails.
   */
  | {
    type: "baseBranch",
    /**
     * The branch to compare with; not blank.
     */
    branch: string,
  }
  /**
   * What one commit changed.
   */
  | {
    type: "commit",
    /**
     * Hash of the commit; not blank.
     */
    sha: string,
    /**
     * Text to show for it, such as its subject line; absent or null: none.
     */
    title: string | null,
  }
  /**
   * Whatever the client asks for in its own words.
   */
  | {
    type: "custom",
    /**
     * What to review and how; not blank.
     */
    instructions: string,
  };
