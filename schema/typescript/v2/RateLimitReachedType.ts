// Generated from the protocol crate; do not edit.

/**
 * What stopped requests.
 *
 * - "rate_limit_reached": The account's own window is full.
 * - "workspace_owner_credits_depleted": The workspace has no credits left, and the user owns it.
 * - "workspace_member_credits_depleted": The workspace has no credits left; its owner has to add some.
 * - "workspace_owner_usage_limit_reached": The workspace's usage limit is reached, and the user owns it.
 * - "workspace_member_usage_limit_reached": The workspace's usage limit is reached; its owner has to raise it.
 */
export type RateLimitReachedType = "rate_limit_reached" | "workspace_owner_credits_depleted" | "workspace_member_credits_depleted" | "workspace_owner_usage_limit_reached" | "workspace_member_usage_limit_reached";
