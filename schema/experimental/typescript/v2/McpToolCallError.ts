// Generated from the protocol crate; do not edit.

/**
 * Why a call failed.
 */
export type McpToolCallError = {
  /**
   * The reason, for people and the model.
   */
  message: string,
};
