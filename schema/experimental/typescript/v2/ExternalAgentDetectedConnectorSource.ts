// Generated from the protocol crate; do not edit.

/**
 * How a connector was noticed.
 *
 * - "remoteMcpServersConfig": Remote MCP servers were configured for it.
 * - "sessionToolUse": Sessions called its tools.
 */
export type ExternalAgentDetectedConnectorSource = "remoteMcpServersConfig" | "sessionToolUse";
