// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/realtime/appendSpeech`; it has no fields: an answer means that it was taken.
 */
export type ThreadRealtimeAppendSpeechResponse = Record<string, never>;
