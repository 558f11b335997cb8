// Generated from the protocol crate; do not edit.

/**
 * What projects are sorted by.
 *
 * - "position": The user's order, as set by `project/move`.
 * - "recencyAt": Recency of their threads.
 */
export type ProjectSortKey = "position" | "recencyAt";
