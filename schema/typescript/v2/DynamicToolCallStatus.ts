// Generated from the protocol crate; do not edit.

/**
 * How far a call is.
 *
 * - "inProgress": The client works on it.
 * - "completed": The client answered that it worked.
 * - "failed": The client answered that it failed, or not in a form that can be used.
 */
export type DynamicToolCallStatus = "inProgress" | "completed" | "failed";
