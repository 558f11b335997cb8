// Generated from the protocol crate; do not edit.

/**
 * What spending a reset credit did.
 *
 * - "reset": The credit is spent, and the windows it applies to start anew.
 * - "nothingToReset": No window can be reset at present.
 * - "noCredit": The account has no credit left to spend.
 * - "alreadyRedeemed": An earlier request with this key did the reset.
 */
export type ConsumeAccountRateLimitResetCreditOutcome = "reset" | "nothingToReset" | "noCredit" | "alreadyRedeemed";
