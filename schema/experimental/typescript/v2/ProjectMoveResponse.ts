// Generated from the protocol crate; do not edit.

/**
 * Result of `project/move`; it has no fields: an answer means that it was done.
 */
export type ProjectMoveResponse = Record<string, never>;
