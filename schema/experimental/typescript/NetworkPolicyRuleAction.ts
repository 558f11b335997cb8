// Generated from the protocol crate; do not edit.

/**
 * What a network rule does.
 *
 * - "allow": Lets connections to the host through.
 * - "deny": Refuses connections to the host.
 */
export type NetworkPolicyRuleAction = "allow" | "deny";
