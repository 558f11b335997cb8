// Generated from the protocol crate; do not edit.

/**
 * A thread's id: a lowercase UUID, version 7 for threads that a server made.
 */
export type ThreadId = string;
