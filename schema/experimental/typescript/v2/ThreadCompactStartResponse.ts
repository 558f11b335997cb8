// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/compact/start`; empty, and sent at once. The work is a turn of its own.
 */
export type ThreadCompactStartResponse = Record<string, never>;
