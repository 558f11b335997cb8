// Generated from the protocol crate; do not edit.

/**
 * Params of `project/delete`.
 */
export type ProjectDeleteParams = {
  /**
   * The project to delete.
   */
  projectId: string,
};
