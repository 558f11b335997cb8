// Generated from the protocol crate; do not edit.

/**
 * Which end comes first.
 *
 * - "asc": The oldest or smallest.
 * - "desc": The newest or largest.
 */
export type SortDirection = "asc" | "desc";
