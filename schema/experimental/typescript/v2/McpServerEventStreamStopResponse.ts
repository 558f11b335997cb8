// Generated from the protocol crate; do not edit.

/**
 * Result of `mcpServer/event/stream/stop`; it has no fields: an answer means that it was done.
 */
export type McpServerEventStreamStopResponse = Record<string, never>;
