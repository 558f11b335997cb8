// Generated from the protocol crate; do not edit.

/**
 * Kinds of principals a plugin can be shared with.
 *
 * - "user": One person.
 * - "group": A group of people.
 * - "workspace": A whole workspace.
 */
export type PluginSharePrincipalType = "user" | "group" | "workspace";
