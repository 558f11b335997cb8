// Generated from the protocol crate; do not edit.

/**
 * Unstable: how far the reviewer takes the user to have authorized an action.
 *
 * - "unknown": It cannot be told.
 * - "low": Hardly.
 * - "medium": In part.
 * - "high": Clearly.
 */
export type GuardianUserAuthorization = "unknown" | "low" | "medium" | "high";
