// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/backgroundTerminals/clean`; it has no fields: an answer means that it was done.
 */
export type ThreadBackgroundTerminalsCleanResponse = Record<string, never>;
