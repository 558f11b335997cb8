// Generated from the protocol crate; do not edit.

/**
 * Whether a marketplace lets a plugin be installed.
 *
 * - "NOT_AVAILABLE": It may not be installed.
 * - "AVAILABLE": The user may install it.
 * - "INSTALLED_BY_DEFAULT": It is installed without being asked for.
 */
export type PluginInstallPolicy = "NOT_AVAILABLE" | "AVAILABLE" | "INSTALLED_BY_DEFAULT";
