// Generated from the protocol crate; do not edit.

/**
 * Who speaks in a realtime conversation.
 *
 * - "user": The user.
 * - "assistant": The model.
 */
export type ThreadRealtimeTranscriptRole = "user" | "assistant";
