// Generated from the protocol crate; do not edit.

/**
 * Result of `thread/name/set`; empty. All connections learn the name by `thread/name/updated`.
 */
export type ThreadSetNameResponse = Record<string, never>;
