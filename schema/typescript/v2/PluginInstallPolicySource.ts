// Generated from the protocol crate; do not edit.

/**
 * Where the installation policy of a plugin comes from.
 *
 * - "WORKSPACE_SETTING": From a setting of the workspace.
 * - "IMPLICIT_CANONICAL_APP": From an app that the plugin stands for, without a setting of its own.
 */
export type PluginInstallPolicySource = "WORKSPACE_SETTING" | "IMPLICIT_CANONICAL_APP";
