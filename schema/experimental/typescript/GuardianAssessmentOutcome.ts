// Generated from the protocol crate; do not edit.

/**
 * The reviewer's verdict in the end.
 *
 * - "allow": The action may go ahead.
 * - "deny": The action is refused.
 */
export type GuardianAssessmentOutcome = "allow" | "deny";
