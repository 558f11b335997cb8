// Generated from the protocol crate; do not edit.

/**
 * Result of `fs/unwatch`; it has no fields, and comes for unknown watches too.
 */
export type FsUnwatchResponse = Record<string, never>;
