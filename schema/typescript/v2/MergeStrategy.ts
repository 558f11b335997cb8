// Generated from the protocol crate; do not edit.

/**
 * How a new value meets an old one.
 *
 * - "replace": The new value takes the place of the old one.
 * - "upsert": Two tables are merged, at all depths; anything else is replaced.
 */
export type MergeStrategy = "replace" | "upsert";
