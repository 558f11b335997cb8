// Generated from the protocol crate; do not edit.

/**
 * Result of `fs/copy`; it has no fields: an answer means that it was done.
 */
export type FsCopyResponse = Record<string, never>;
