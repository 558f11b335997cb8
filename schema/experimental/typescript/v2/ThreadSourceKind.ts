// Generated from the protocol crate; do not edit.

/**
 * Sources to filter by.
 *
 * - "cli": The terminal program.
 * - "vscode": An editor or another client.
 * - "exec": Runs without interaction.
 * - "appServer": The app-server, for another program.
 * - "subAgent": Sub-agents of every kind.
 * - "subAgentReview": Reviews.
 * - "subAgentCompact": Compactions.
 * - "subAgentThreadSpawn": Agents that other agents started.
 * - "subAgentOther": Sub-agents of other kinds.
 * - "unknown": Source not known.
 */
export type ThreadSourceKind = "cli" | "vscode" | "exec" | "appServer" | "subAgent" | "subAgentReview" | "subAgentCompact" | "subAgentThreadSpawn" | "subAgentOther" | "unknown";
