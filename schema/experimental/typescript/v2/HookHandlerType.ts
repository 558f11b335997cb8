// Generated from the protocol crate; do not edit.

/**
 * How a hook does its work.
 *
 * - "command": By a shell command.
 * - "mcpTool": By a tool of an MCP server.
 * - "prompt": By a prompt; skipped with a warning.
 * - "agent": By an agent; skipped with a warning.
 */
export type HookHandlerType = "command" | "mcpTool" | "prompt" | "agent";
