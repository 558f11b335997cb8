// Generated from the protocol crate; do not edit.

import type { McpServerStatusDetail } from "./McpServerStatusDetail";

/**
 * Params of `mcpServerStatus/list`: which servers, how much about each, and which page.
 */
export type ListMcpServerStatusParams = {
  /**
   * Where to go on: `nextCursor` of the page before. Absent or null: from the start. One that is not valid is
   * refused.
   */
  cursor?: string | null,
  /**
   * Most servers in one page. Absent or null: the server chooses.
   */
  limit?: number | null,
  /**
   * How much to find out about each server. Absent or null: `full`.
   */
  detail?: McpServerStatusDetail | null,
  /**
   * The thread whose configuration and connections count. Absent or null: no thread.
   */
  threadId?: string | null,
  /**
   * The only server to look at; together with a thread, the connection that the thread has is used. Absent or null:
   * all.
   */
  serverName?: string | null,
};
