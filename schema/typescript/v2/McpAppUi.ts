// Generated from the protocol crate; do not edit.

import type { McpAppDisplayMode } from "./McpAppDisplayMode";

/**
 * The user interface that a tool declares for its calls.
 */
export type McpAppUi = {
  /**
   * The MCP resource with the interface.
   */
  resourceUri: string,
  /**
   * How the tool wants it shown when the model calls it.
   */
  preferredModelDisplayMode: McpAppDisplayMode,
};
