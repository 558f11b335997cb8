// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/realtime/start`; it has no fields: the request was taken, whether the session comes about is told
 * by notifications.
 */
export type ThreadRealtimeStartResponse = Record<string, never>;
