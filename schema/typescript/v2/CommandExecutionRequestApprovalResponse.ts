// Generated from the protocol crate; do not edit.

import type { CommandExecutionApprovalDecision } from "./CommandExecutionApprovalDecision";

/**
 * Result of `item/commandExecution/requestApproval`, from the client.
 */
export type CommandExecutionRequestApprovalResponse = {
  /**
   * What the user decided.
   */
  decision: CommandExecutionApprovalDecision,
};
