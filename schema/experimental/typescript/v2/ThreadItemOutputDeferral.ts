// Generated from the protocol crate; do not edit.

/**
 * Which stored outputs a list of items leaves out, for reading them later one by one.
 */
export type ThreadItemOutputDeferral = {
  /**
   * Leaves out what commands that succeeded have printed. Default false.
   */
  commandExecution?: boolean,
  /**
   * Leaves out results of MCP tool calls that succeeded, where they are plain text. Default false.
   */
  mcpToolCall?: boolean,
};
