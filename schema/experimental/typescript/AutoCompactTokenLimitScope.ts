// Generated from the protocol crate; do not edit.

/**
 * Which tokens count towards the limit of automatic compaction.
 *
 * - "total": All of the context.
 * - "body_after_prefix": Only what came after the part that every request begins with.
 */
export type AutoCompactTokenLimitScope = "total" | "body_after_prefix";
