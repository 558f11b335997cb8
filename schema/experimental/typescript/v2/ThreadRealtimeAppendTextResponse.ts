// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/realtime/appendText`; it has no fields: an answer means that it was taken.
 */
export type ThreadRealtimeAppendTextResponse = Record<string, never>;
