// Generated from the protocol crate; do not edit.

/**
 * Params of `thread/realtime/listVoices`; it has no fields.
 */
export type ThreadRealtimeListVoicesParams = Record<string, never>;
