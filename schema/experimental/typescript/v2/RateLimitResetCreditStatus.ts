// Generated from the protocol crate; do not edit.

/**
 * Whether a reset credit can be spent.
 *
 * - "available": It can.
 * - "redeeming": It is being spent.
 * - "redeemed": It is spent.
 * - "unknown": A state that the server does not know.
 */
export type RateLimitResetCreditStatus = "available" | "redeeming" | "redeemed" | "unknown";
