// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/realtime/stop`; it has no fields. `thread/realtime/closed` follows.
 */
export type ThreadRealtimeStopResponse = Record<string, never>;
