// Generated from the protocol crate; do not edit.

/**
 * Unstable: how risky the reviewer finds an action.
 *
 * - "low": Little risk.
 * - "medium": Some risk.
 * - "high": Much risk.
 * - "critical": The highest level.
 */
export type GuardianRiskLevel = "low" | "medium" | "high" | "critical";
