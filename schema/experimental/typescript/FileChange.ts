// Generated from the protocol crate; do not edit.

/**
 * What a patch does to one file.
 */
export type FileChange =
  /**
   * Creates it.
   */
  {
    type: "add",
    /**
     * The content of the new file.
     */
    content: string,
  }
  /**
   * Removes it.
   */
  | {
    type: "delete",
    /**
     * The content that goes away.
     */
    content: string,
  }
  /**
   * Changes its content, and may move it.
   */
  | {
    type: "update",
    /**
     * The change as a unified diff.
     */
    unified_diff: string,
    /**
     * Where the file goes; null when it stays.
     */
    move_path: string | null,
  };
