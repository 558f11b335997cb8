// Generated from the protocol crate; do not edit.

/**
 * Whether a plugin can be installed and used.
 *
 * - "DISABLED_BY_ADMIN": An administrator has switched it off.
 * - "AVAILABLE": It can. The backend's word for it, `ENABLED`, is read as the same.
 */
export type PluginAvailability = "DISABLED_BY_ADMIN" | "AVAILABLE";
