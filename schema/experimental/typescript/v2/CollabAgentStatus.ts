// Generated from the protocol crate; do not edit.

/**
 * How far another agent is.
 *
 * - "pendingInit": It is being started.
 * - "running": It works.
 * - "interrupted": Its turn was interrupted; it can go on.
 * - "completed": It is done.
 * - "errored": It failed.
 * - "shutdown": It was closed.
 * - "notFound": No agent with this id.
 */
export type CollabAgentStatus = "pendingInit" | "running" | "interrupted" | "completed" | "errored" | "shutdown" | "notFound";
