// Generated from the protocol crate; do not edit.

/**
 * Params of `project/read`.
 */
export type ProjectReadParams = {
  /**
   * The project to read.
   */
  projectId: string,
};
