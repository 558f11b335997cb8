// Generated from the protocol crate; do not edit.

/**
 * What search results are sorted by.
 *
 * - "created_at": When the thread was created.
 * - "updated_at": When the thread last changed.
 * - "recency_at": When the thread was last of interest.
 */
export type ThreadSearchSortKey = "created_at" | "updated_at" | "recency_at";
