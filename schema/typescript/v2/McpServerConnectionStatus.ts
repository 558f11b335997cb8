// Generated from the protocol crate; do not edit.

/**
 * State of the connection that a thread has to an MCP server.
 *
 * - "notStarted": It was not started.
 * - "starting": It is being started.
 * - "connected": It is there and can be used.
 * - "authenticationRequired": The server wants a login first.
 * - "failed": The start failed.
 * - "cancelled": The start was cancelled.
 * - "disabled": The server is switched off in the configuration.
 */
export type McpServerConnectionStatus = "notStarted" | "starting" | "connected" | "authenticationRequired" | "failed" | "cancelled" | "disabled";
