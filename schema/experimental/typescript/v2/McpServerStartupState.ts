// Generated from the protocol crate; do not edit.

/**
 * How far the start of an MCP server is.
 *
 * - "starting": The start has begun.
 * - "ready": It is ready, its tools are known.
 * - "failed": It failed; the notification has the error.
 * - "cancelled": It was cancelled.
 */
export type McpServerStartupState = "starting" | "ready" | "failed" | "cancelled";
