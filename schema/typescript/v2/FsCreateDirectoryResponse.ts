// Generated from the protocol crate; do not edit.

/**
 * Result of `fs/createDirectory`; it has no fields: an answer means that it was done.
 */
export type FsCreateDirectoryResponse = Record<string, never>;
