// Generated from the protocol crate; do not edit.

import type { NetworkPolicyRuleAction } from "./NetworkPolicyRuleAction";

/**
 * A network rule for one host.
 */
export type NetworkPolicyAmendment = {
  /**
   * The host it holds for.
   */
  host: string,
  /**
   * Whether the host may be reached.
   */
  action: NetworkPolicyRuleAction,
};
