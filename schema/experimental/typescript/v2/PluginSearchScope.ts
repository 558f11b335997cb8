// Generated from the protocol crate; do not edit.

/**
 * Where to search.
 *
 * - "global": In what is offered to everybody.
 * - "workspace": In what the workspace offers.
 * - "personal": In the user's own plugins.
 */
export type PluginSearchScope = "global" | "workspace" | "personal";
