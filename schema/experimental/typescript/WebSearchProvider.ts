// Generated from the protocol crate; do not edit.

/**
 * Who carries out a search.
 *
 * - "standalone": The provider's own search endpoint.
 * - "search_mcp": A search tool of an MCP server.
 */
export type WebSearchProvider = "standalone" | "search_mcp";
