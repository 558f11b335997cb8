// Generated from the protocol crate; do not edit.

/**
 * In whose name a text enters a realtime session.
 *
 * - "user": The user's.
 * - "developer": The developer's.
 * - "assistant": The assistant's.
 */
export type ConversationTextRole = "user" | "developer" | "assistant";
