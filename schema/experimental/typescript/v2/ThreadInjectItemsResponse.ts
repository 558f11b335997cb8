// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/inject_items`; it has no fields: an answer means that they were added.
 */
export type ThreadInjectItemsResponse = Record<string, never>;
