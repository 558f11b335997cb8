// Generated from the protocol crate; do not edit.

/**
 * Result of `fs/writeFile`; it has no fields: an answer means that it was done.
 */
export type FsWriteFileResponse = Record<string, never>;
