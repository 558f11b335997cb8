// Generated from the protocol crate; do not edit.

/**
 * Where an agent stands in the tree of agents of a session, such as `/root` or `/root/review`.
 */
export type AgentPath = string;
