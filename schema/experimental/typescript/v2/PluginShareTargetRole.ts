// Generated from the protocol crate; do not edit.

/**
 * Roles that can be given; ownership cannot.
 *
 * - "reader": To use it.
 * - "editor": To change it as well.
 */
export type PluginShareTargetRole = "reader" | "editor";
