// Generated from the protocol crate; do not edit.

/**
 * Which kind of Windows sandbox to set up.
 *
 * - "elevated": With the rights of an administrator.
 * - "unelevated": With the rights of the user alone.
 */
export type WindowsSandboxSetupMode = "elevated" | "unelevated";
