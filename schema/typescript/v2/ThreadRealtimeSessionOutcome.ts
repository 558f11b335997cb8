// Generated from the protocol crate; do not edit.

/**
 * How a realtime session came to its end.
 *
 * - "ended": Without an error.
 * - "failed": By an error.
 */
export type ThreadRealtimeSessionOutcome = "ended" | "failed";
