// Generated from the protocol crate; do not edit.

/**
 * Verdict on a Unix socket.
 *
 * - "allow": It may be connected to.
 * - "deny": It may not be connected to.
 */
export type NetworkUnixSocketPermission = "allow" | "deny";
