// Generated from the protocol crate; do not edit.

/**
 * Kinds of things that can be imported; others are refused. Values that exist here already are never overwritten.
 *
 * - "AGENTS_MD": Instructions for the agent; they become `AGENTS.md`.
 * - "CONFIG": Settings: environment variables for commands, and the sandbox.
 * - "SKILLS": Skills.
 * - "PLUGINS": Plugins, with the marketplaces they come from.
 * - "MCP_SERVER_CONFIG": MCP servers; they are added to `mcp_servers` of the configuration.
 * - "SUBAGENTS": Roles for sub-agents.
 * - "HOOKS": Hooks; they are added to `hooks.json`.
 * - "COMMANDS": Custom commands; they become skills.
 * - "MEMORY": Memories.
 * - "SESSIONS": Sessions; they become threads.
 */
export type ExternalAgentConfigMigrationItemType = "AGENTS_MD" | "CONFIG" | "SKILLS" | "PLUGINS" | "MCP_SERVER_CONFIG" | "SUBAGENTS" | "HOOKS" | "COMMANDS" | "MEMORY" | "SESSIONS";
