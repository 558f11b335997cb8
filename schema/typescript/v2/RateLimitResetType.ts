// Generated from the protocol crate; do not edit.

/**
 * What a reset credit resets.
 *
 * - "codexRateLimits": The Codex limits.
 * - "unknown": A kind that the server does not know.
 */
export type RateLimitResetType = "codexRateLimits" | "unknown";
