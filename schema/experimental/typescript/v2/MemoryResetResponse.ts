// Generated from the protocol crate; do not edit.

/**
 * Result of `memory/reset`; it has no fields: an answer means that it was done.
 */
export type MemoryResetResponse = Record<string, never>;
