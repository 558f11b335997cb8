// Generated from the protocol crate; do not edit.

/**
 * Why no app can be had from a template.
 *
 * - "NOT_CONFIGURED_FOR_WORKSPACE": The workspace has not set it up.
 * - "NO_ACTIVE_WORKSPACE": No workspace is active.
 */
export type AppTemplateUnavailableReason = "NOT_CONFIGURED_FOR_WORKSPACE" | "NO_ACTIVE_WORKSPACE";
