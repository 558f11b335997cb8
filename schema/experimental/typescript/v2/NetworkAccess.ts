// Generated from the protocol crate; do not edit.

/**
 * Network inside a sandbox that is not the server's.
 *
 * - "restricted": None, or only in part.
 * - "enabled": It can be reached.
 */
export type NetworkAccess = "restricted" | "enabled";
