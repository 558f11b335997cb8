// Generated from the protocol crate; do not edit.

/**
 * How far a patch is.
 *
 * - "inProgress": It is being made, or waits for approval.
 * - "completed": All changes are made.
 * - "failed": It could not be made.
 * - "declined": It was refused; nothing is changed.
 */
export type PatchApplyStatus = "inProgress" | "completed" | "failed" | "declined";
