// Generated from the protocol crate; do not edit.

/**
 * Result of `config/mcpServer/reload`; it has no fields. The restarts go on after it.
 */
export type McpServerRefreshResponse = Record<string, never>;
