// Generated from the protocol crate; do not edit.

/**
 * Result of `fs/remove`; it has no fields: an answer means that it was done.
 */
export type FsRemoveResponse = Record<string, never>;
