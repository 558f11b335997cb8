// Generated from the protocol crate; do not edit.

/**
 * What happened to an agent below.
 *
 * - "started": It was started.
 * - "interacted": It was given input.
 * - "interrupted": Its turn was interrupted.
 * - "completed": It finished its work.
 */
export type SubAgentActivityKind = "started" | "interacted" | "interrupted" | "completed";
