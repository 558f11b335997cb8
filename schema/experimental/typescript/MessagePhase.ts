// Generated from the protocol crate; do not edit.

/**
 * Where in a turn a message stands. Not all models say it, so absence means nothing.
 *
 * - "commentary": On the way: more messages or tool calls may follow.
 * - "partial_answer": A part of the answer that will not change; more may follow.
 * - "final_answer": The answer of the turn.
 */
export type MessagePhase = "commentary" | "partial_answer" | "final_answer";
