// Generated from the protocol crate; do not edit.

/**
 * Result of `project/delete`; it has no fields: an answer means that it was done.
 */
export type ProjectDeleteResponse = Record<string, never>;
