// Generated from the protocol crate; do not edit.

/**
 * Why a provider served another model.
 *
 * - "highRiskCyberActivity": The request was held to be risky in computer security.
 */
export type ModelRerouteReason = "highRiskCyberActivity";
