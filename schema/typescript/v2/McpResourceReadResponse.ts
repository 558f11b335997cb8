// Generated from the protocol crate; do not edit.

import type { ResourceContent } from "../ResourceContent";

/**
 * Result of `mcpServer/resource/read`.
 */
export type McpResourceReadResponse = {
  /**
   * Parts of the resource, as the MCP server gave them.
   */
  contents: Array<ResourceContent>,
  /**
   * The tool call by which the read was limited to one app; null when it was not limited so.
   */
  originCallId: string | null,
};
