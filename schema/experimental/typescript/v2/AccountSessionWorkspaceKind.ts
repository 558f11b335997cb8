// Generated from the protocol crate; do not edit.

/**
 * Kinds of workspaces.
 *
 * - "personal": The user's own.
 * - "workspace": One that is shared.
 */
export type AccountSessionWorkspaceKind = "personal" | "workspace";
