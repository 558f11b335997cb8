// Generated from the protocol crate; do not edit.

/**
 * A yes or no of a permission list.
 *
 * - "allow": Permitted.
 * - "deny": Refused.
 */
export type AllowDenyRequirement = "allow" | "deny";
