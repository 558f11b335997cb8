// Generated from the protocol crate; do not edit.

/**
 * What the owner of the workspace is asked for.
 *
 * - "credits": More credits.
 * - "usage_limit": A higher usage limit.
 */
export type AddCreditsNudgeCreditType = "credits" | "usage_limit";
