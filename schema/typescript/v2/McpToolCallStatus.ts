// Generated from the protocol crate; do not edit.

/**
 * How far a call is.
 *
 * - "inProgress": It runs, or waits for approval.
 * - "completed": It was answered.
 * - "failed": It was refused or failed, or its result says that it failed.
 */
export type McpToolCallStatus = "inProgress" | "completed" | "failed";
