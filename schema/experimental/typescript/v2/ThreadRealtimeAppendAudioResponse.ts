// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/realtime/appendAudio`; it has no fields: an answer means that it was taken.
 */
export type ThreadRealtimeAppendAudioResponse = Record<string, never>;
