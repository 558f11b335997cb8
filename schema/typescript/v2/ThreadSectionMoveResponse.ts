// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/section/move`; it has no fields: an answer means that it was done.
 */
export type ThreadSectionMoveResponse = Record<string, never>;
