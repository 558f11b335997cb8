// Generated from the protocol crate; do not edit.

/**
 * Why a plugin of the remote catalogue is not available.
 *
 * - "disabled_by_admin": An administrator has switched it off.
 * - "plan_not_eligible": The plan of the account does not include it.
 * - "required_app_unavailable": An app that it needs is not available.
 * - "unknown": A reason that is not known here.
 */
export type PluginDisabledReason = "disabled_by_admin" | "plan_not_eligible" | "required_app_unavailable" | "unknown";
