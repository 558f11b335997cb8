// Generated from the protocol crate; do not edit.

import type { McpServerStatus } from "./McpServerStatus";

/**
 * Result of `mcpServerStatus/list`: one page.
 */
export type ListMcpServerStatusResponse = {
  /**
   * The servers, sorted by name.
   */
  data: Array<McpServerStatus>,
  /**
   * Cursor for the page after this one; null at the end.
   */
  nextCursor: string | null,
};
