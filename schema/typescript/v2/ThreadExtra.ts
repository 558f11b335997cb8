// Generated from the protocol crate; do not edit.

/**
 * Data of other servers on a thread; empty here.
 */
export type ThreadExtra = Record<string, never>;
