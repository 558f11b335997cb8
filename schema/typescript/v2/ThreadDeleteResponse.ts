// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/delete`; it has no fields: an answer means that it was done. `thread/deleted` follows.
 */
export type ThreadDeleteResponse = Record<string, never>;
