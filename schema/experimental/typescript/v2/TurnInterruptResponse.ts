// Generated from the protocol crate; do not edit.

/**
 * Result of `turn/interrupt`; empty. The end comes as `turn/completed`.
 */
export type TurnInterruptResponse = Record<string, never>;
