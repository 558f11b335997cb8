// Generated from the protocol crate; do not edit.

/**
 * Turns that take no further input.
 *
 * - "review": A review.
 * - "compact": A compaction asked for by the user.
 */
export type NonSteerableTurnKind = "review" | "compact";
