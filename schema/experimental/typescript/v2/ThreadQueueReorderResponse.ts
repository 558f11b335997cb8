// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/queue/reorder`; it has no fields: an answer means that it was done.
 */
export type ThreadQueueReorderResponse = Record<string, never>;
