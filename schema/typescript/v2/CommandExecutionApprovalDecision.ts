// Generated from the protocol crate; do not edit.

import type { NetworkPolicyAmendment } from "../NetworkPolicyAmendment";

/**
 * What is decided about a command.
 */
export type CommandExecutionApprovalDecision =
  /**
   * - "accept": Runs it, this once.
   * - "acceptForSession": Runs it and does not ask again for the same one in this thread; command, working directory, terminal and escalation must all match. Accepted even when it was not offered.
   * - "decline": Refuses it; the item ends as `declined`, the model is told and the turn goes on.
   * - "cancel": Refuses it and interrupts the turn; the model is not asked again.
   */
  "accept" | "acceptForSession" | "decline" | "cancel"
  /**
   * Runs it and adds a rule to `rules/default.rules` in the codex home, so that commands with the same beginning run
   * unasked from then on.
   */
  | {
    acceptWithExecpolicyAmendment: {
      /**
       * The leading words of the commands to allow, as in `proposedExecpolicyAmendment`.
       */
      execpolicy_amendment: Array<string>,
    },
  }
  /**
   * Settles this host for good by a network rule, which allows or denies it.
   */
  | {
    applyNetworkPolicyAmendment: {
      /**
       * The rule to keep, one of `proposedNetworkPolicyAmendments`.
       */
      network_policy_amendment: NetworkPolicyAmendment,
    },
  };
