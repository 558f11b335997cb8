// Generated from the protocol crate; do not edit.

/**
 * Result of `plugin/uninstall`; it has no fields: an answer means that it is gone.
 */
export type PluginUninstallResponse = Record<string, never>;
