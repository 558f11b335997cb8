// Generated from the protocol crate; do not edit.

/**
 * When the user is asked to log in at the apps of a plugin.
 *
 * - "ON_INSTALL": When the plugin is installed.
 * - "ON_USE": When the app is first used.
 */
export type PluginAuthPolicy = "ON_INSTALL" | "ON_USE";
