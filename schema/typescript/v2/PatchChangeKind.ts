// Generated from the protocol crate; do not edit.

/**
 * What is done with a file.
 */
export type PatchChangeKind =
  /**
   * It is created or replaced.
   */
  {
    type: "add",
  }
  /**
   * It is removed.
   */
  | {
    type: "delete",
  }
  /**
   * Parts of it are changed.
   */
  | {
    type: "update",
    /**
     * Its new place; null when it stays.
     */
    move_path: string | null,
  };
