// Generated from the protocol crate; do not edit.

/**
 * What came of `turn/settings/update`.
 *
 * - "applied": The next steps use them, also when they equal the former ones. Steps under way do not, and there may be no further call of the model.
 * - "targetUnavailable": The turn was not running any more, so nothing was changed.
 */
export type TurnSettingsUpdateStatus = "applied" | "targetUnavailable";
