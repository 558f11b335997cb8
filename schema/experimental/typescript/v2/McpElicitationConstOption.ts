// Generated from the protocol crate; do not edit.

/**
 * One choice with a label.
 */
export type McpElicitationConstOption = {
  /**
   * The value that is sent back.
   */
  const: string,
  /**
   * The label to show for it.
   */
  title: string,
};
