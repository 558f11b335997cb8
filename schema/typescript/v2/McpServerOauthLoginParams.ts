// Generated from the protocol crate; do not edit.

import type { McpServerOauthClientRegistration } from "./McpServerOauthClientRegistration";

/**
 * Params of `mcpServer/oauth/login`: which MCP server, and how to log in.
 */
export type McpServerOauthLoginParams = {
  /**
   * Name of the MCP server, as configured.
   */
  name: string,
  /**
   * The thread for which the login is made; the notification at the end names it again. Absent or null: none.
   */
  threadId?: string | null,
  /**
   * How to register as a client, in this one login. Absent or null: found out by itself, as `auto`.
   */
  clientRegistration?: McpServerOauthClientRegistration | null,
  /**
   * OAuth scopes to ask for. Absent or null: none are given by the client.
   */
  scopes?: Array<string> | null,
  /**
   * How long to wait for the callback, in seconds. Absent or null: 300.
   */
  timeoutSecs?: number | null,
};
