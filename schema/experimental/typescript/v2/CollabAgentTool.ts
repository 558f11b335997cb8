// Generated from the protocol crate; do not edit.

/**
 * What one agent asks about another.
 *
 * - "spawnAgent": Starts a new one.
 * - "sendInput": Gives it input.
 * - "resumeAgent": Opens a closed one again.
 * - "wait": Waits until one is done.
 * - "closeAgent": Ends it.
 * - "sendMessage": Leaves a message without starting a turn.
 * - "followupTask": Gives it another task, which starts a turn.
 * - "interruptAgent": Interrupts its turn.
 * - "listAgents": Lists the agents of the session.
 */
export type CollabAgentTool = "spawnAgent" | "sendInput" | "resumeAgent" | "wait" | "closeAgent" | "sendMessage" | "followupTask" | "interruptAgent" | "listAgents";
