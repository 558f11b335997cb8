// Generated from the protocol crate; do not edit.

/**
 * What a run of a hook belongs to.
 *
 * - "thread": The thread as a whole.
 * - "turn": One turn.
 */
export type HookScope = "thread" | "turn";
