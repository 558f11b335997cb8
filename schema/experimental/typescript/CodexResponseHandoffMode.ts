// Generated from the protocol crate; do not edit.

/**
 * How answers of the thread's model reach a realtime session of version 3.
 *
 * - "thinking": As thinking, which is the default.
 * - "commentary": As commentary.
 * - "bemTags": Marked by the tags of BEM channels.
 */
export type CodexResponseHandoffMode = "thinking" | "commentary" | "bemTags";
