// Generated from the protocol crate; do not edit.

/**
 * Params of `threadSection/delete`.
 */
export type ThreadSectionDeleteParams = {
  /**
   * The section to delete.
   */
  sectionId: string,
};
