// Generated from the protocol crate; do not edit.

/**
 * Whether a thread takes part in memories.
 *
 * - "enabled": It takes part.
 * - "disabled": It does not.
 */
export type ThreadMemoryMode = "enabled" | "disabled";
