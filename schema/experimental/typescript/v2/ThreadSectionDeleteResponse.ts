// Generated from the protocol crate; do not edit.

/**
 * Result of `threadSection/delete`; it has no fields: an answer means that it was done.
 */
export type ThreadSectionDeleteResponse = Record<string, never>;
