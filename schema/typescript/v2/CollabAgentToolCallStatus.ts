// Generated from the protocol crate; do not edit.

/**
 * How far such a call is.
 *
 * - "inProgress": It runs.
 * - "completed": It worked.
 * - "failed": It failed.
 * - "interrupted": The turn ended before it was done.
 */
export type CollabAgentToolCallStatus = "inProgress" | "completed" | "failed" | "interrupted";
