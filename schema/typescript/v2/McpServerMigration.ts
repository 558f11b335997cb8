// Generated from the protocol crate; do not edit.

/**
 * An MCP server to import.
 */
export type McpServerMigration = {
  /**
   * Its name.
   */
  name: string,
};
