// Generated from the protocol crate; do not edit.

/**
 * Whether and how the model may search the web.
 *
 * - "disabled": The tool is not offered.
 * - "cached": In what the provider has stored, without access to the web as it is now.
 * - "indexed": In the provider's index.
 * - "live": In the web as it is now.
 */
export type WebSearchMode = "disabled" | "cached" | "indexed" | "live";
