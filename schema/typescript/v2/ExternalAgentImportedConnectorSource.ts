// Generated from the protocol crate; do not edit.

/**
 * How a connector of an import was noticed.
 *
 * - "remoteMcpServersConfig": Remote MCP servers were configured for it.
 */
export type ExternalAgentImportedConnectorSource = "remoteMcpServersConfig";
