// Generated from the protocol crate; do not edit.

/**
 * How long an approved access to an origin holds.
 *
 * - "turn": Until the turn ends.
 * - "thread": For the rest of the thread.
 */
export type BrowserUseAccessApprovalLifetime = "turn" | "thread";
