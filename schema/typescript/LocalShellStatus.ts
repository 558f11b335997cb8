// Generated from the protocol crate; do not edit.

/**
 * How far a shell call is.
 *
 * - "completed": The model finished writing it.
 * - "in_progress": The model still writes it.
 * - "incomplete": It was cut off.
 */
export type LocalShellStatus = "completed" | "in_progress" | "incomplete";
