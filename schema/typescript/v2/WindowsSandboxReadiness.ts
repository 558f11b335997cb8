// Generated from the protocol crate; do not edit.

/**
 * Whether the Windows sandbox can be used.
 *
 * - "ready": It can be used.
 * - "notConfigured": It is not set up, or this is not Windows.
 * - "updateRequired": It is set up, but needs an update first.
 */
export type WindowsSandboxReadiness = "ready" | "notConfigured" | "updateRequired";
