// Generated from the protocol crate; do not edit.

/**
 * Result of `mcpServer/event/stream/start`; it has no fields, the events come as notifications.
 */
export type McpServerEventStreamStartResponse = Record<string, never>;
