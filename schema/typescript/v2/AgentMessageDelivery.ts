// Generated from the protocol crate; do not edit.

/**
 * Ways a message reaches the user other than within the turn.
 *
 * - "async": The user is told later; the turn does not wait.
 */
export type AgentMessageDelivery = "async";
