// Generated from the protocol crate; do not edit.

/**
 * How far a command is.
 *
 * - "inProgress": It runs, or waits for approval.
 * - "completed": It ended with exit code 0.
 * - "failed": It ended otherwise or could not be started.
 * - "declined": It was refused and never ran.
 */
export type CommandExecutionStatus = "inProgress" | "completed" | "failed" | "declined";
