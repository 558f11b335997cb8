// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/archive`; it has no fields: an answer means that it was done. `thread/archived` follows.
 */
export type ThreadArchiveResponse = Record<string, never>;
