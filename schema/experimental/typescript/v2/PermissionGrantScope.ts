// Generated from the protocol crate; do not edit.

/**
 * How long a grant lasts.
 *
 * - "turn": Until the turn ends.
 * - "session": Until the session ends.
 */
export type PermissionGrantScope = "turn" | "session";
