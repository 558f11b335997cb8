// Generated from the protocol crate; do not edit.

/**
 * What a principal may do with a shared plugin.
 *
 * - "reader": Use it.
 * - "editor": Change it as well.
 * - "owner": Everything; cannot be given by sharing.
 */
export type PluginSharePrincipalRole = "reader" | "editor" | "owner";
