// Generated from the protocol crate; do not edit.

/**
 * Params of `project/move`.
 */
export type ProjectMoveParams = {
  /**
   * The project to move.
   */
  projectId: string,
  /**
   * The project it shall come right before; absent or null: to the end.
   */
  beforeProjectId?: string | null,
};
