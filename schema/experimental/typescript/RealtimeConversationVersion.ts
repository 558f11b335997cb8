// Generated from the protocol crate; do not edit.

/**
 * Version of the realtime protocol.
 *
 * - "v1": Version 1.
 * - "v2": Version 2, the default.
 * - "v3": Version 3, also called Frameless Bidi.
 */
export type RealtimeConversationVersion = "v1" | "v2" | "v3";
