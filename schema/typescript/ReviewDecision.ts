// Generated from the protocol crate; do not edit.

import type { NetworkPolicyAmendment } from "./NetworkPolicyAmendment";

/**
 * The answer to an approval.
 */
export type ReviewDecision =
  /**
   * - "approved": Yes, this once.
   * - "approved_for_session": Yes, and what the session counts as the same is not asked again until it ends.
   * - "approved_mcp_policy_amendment": Yes to the call of an MCP tool, and calls like it are not asked again, in other sessions too.
   * - "timed_out": No decision: the automatic review took too long.
   * - "abort": No, and the agent stops until the user says what to do.
   */
  "approved" | "approved_for_session" | "approved_mcp_policy_amendment" | "timed_out" | "abort"
  /**
   * Yes, and a rule is to allow commands that begin alike from now on.
   */
  | {
    approved_execpolicy_amendment: {
      /**
       * Words with which such commands begin, one entry each; the rule as the server proposed it.
       */
      proposed_execpolicy_amendment: Array<string>,
    },
  }
  /**
   * A rule about the host is to be kept; it says whether later requests to it are allowed or denied.
   */
  | {
    network_policy_amendment: {
      /**
       * The rule: host, and allow or deny.
       */
      network_policy_amendment: NetworkPolicyAmendment,
    },
  }
  /**
   * No; the agent goes on and tries another way.
   */
  | {
    denied: {
      /**
       * Why it was refused, in words.
       */
      rejection: string,
    },
  };
