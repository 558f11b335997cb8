// Generated from the protocol crate; do not edit.

/**
 * How a turn stands.
 *
 * - "completed": It ran to its end.
 * - "interrupted": It was stopped by the user, or by the end of the server.
 * - "failed": It ended with an error.
 * - "inProgress": It runs.
 */
export type TurnStatus = "completed" | "interrupted" | "failed" | "inProgress";
