// Generated from the protocol crate; do not edit.

/**
 * An answer to choose.
 */
export type ToolRequestUserInputOption = {
  /**
   * Short text, which is also what is sent back.
   */
  label: string,
  /**
   * What choosing it means.
   */
  description: string,
};
