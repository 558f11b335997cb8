// Generated from the protocol crate; do not edit.

/**
 * What kind of place a hook's configuration is from.
 *
 * - "system": Configuration of the whole machine.
 * - "user": Configuration of the user.
 * - "project": Configuration of the project; only used where the project is trusted.
 * - "mdm": Device management.
 * - "sessionFlags": Settings given for this session.
 * - "plugin": An installed plugin.
 * - "cloudRequirements": Requirements that come from the cloud.
 * - "cloudManagedConfig": Managed configuration that comes from the cloud.
 * - "legacyManagedConfigFile": The older kind of managed configuration, in a file.
 * - "legacyManagedConfigMdm": The older kind of managed configuration, by device management.
 * - "unknown": Not known.
 */
export type HookSource = "system" | "user" | "project" | "mdm" | "sessionFlags" | "plugin" | "cloudRequirements" | "cloudManagedConfig" | "legacyManagedConfigFile" | "legacyManagedConfigMdm" | "unknown";
