// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/memoryMode/set`; it has no fields: an answer means that it was done.
 */
export type ThreadMemoryModeSetResponse = Record<string, never>;
