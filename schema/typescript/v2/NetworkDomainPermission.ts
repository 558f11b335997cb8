// Generated from the protocol crate; do not edit.

/**
 * Verdict on a domain.
 *
 * - "allow": It may be contacted.
 * - "deny": It may not be contacted.
 */
export type NetworkDomainPermission = "allow" | "deny";
