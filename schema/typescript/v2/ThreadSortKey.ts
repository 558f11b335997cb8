// Generated from the protocol crate; do not edit.

/**
 * What lists of threads are sorted by.
 *
 * - "created_at": When it was created.
 * - "updated_at": When it last changed.
 * - "recency_at": When it was last of interest.
 * - "section_position": Where the user put it within its section.
 */
export type ThreadSortKey = "created_at" | "updated_at" | "recency_at" | "section_position";
