// Generated from the protocol crate; do not edit.

import type { AdditionalPermissionProfile } from "./AdditionalPermissionProfile";
import type { CommandAction } from "./CommandAction";
import type { CommandExecutionApprovalDecision } from "./CommandExecutionApprovalDecision";
import type { CommandExecutionApprovalKind } from "./CommandExecutionApprovalKind";
import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { NetworkApprovalContext } from "./NetworkApprovalContext";
import type { NetworkPolicyAmendment } from "../NetworkPolicyAmendment";

/**
 * Params of `item/commandExecution/requestApproval`. What does not apply is left out; null means the same.
 */
export type CommandExecutionRequestApprovalParams = {
  /**
   * What is to be approved. Default `command`, which is also what absence means with servers that do not know it.
   */
  kind: CommandExecutionApprovalKind,
  /**
   * The thread that asks.
   */
  threadId: string,
  /**
   * The turn that waits for the answer.
   */
  turnId: string,
  /**
   * The command item concerned; several questions may belong to one, see `approvalId`.
   */
  itemId: string,
  /**
   * When the question was raised, in Unix milliseconds.
   */
  startedAtMs: number,
  /**
   * Id of this question where `itemId` alone would not tell it apart: for a command started within another one and
   * for input to a terminal. Opaque; null for ordinary commands.
   */
  approvalId?: string,
  /**
   * Where the command is to run; null when not named.
   */
  environmentId: string | null,
  /**
   * Why it is asked, for people: the model's justification, or that of a rule; null when there is none.
   */
  reason?: string,
  /**
   * What is to be reached, when the question is about the network; null otherwise.
   */
  networkApprovalContext?: NetworkApprovalContext,
  /**
   * The command as one line; null when there is none to show.
   */
  command?: string,
  /**
   * Directory it would run in; null when there is none to show.
   */
  cwd?: LegacyAppPathString,
  /**
   * What the command seems to do (read, list, search), for display only: a guess from its text, never a ground for a
   * decision.
   */
  commandActions?: Array<CommandAction>,
  /**
   * What the command wants beyond its sandbox; null: nothing more.
   */
  additionalPermissions?: AdditionalPermissionProfile,
  /**
   * Leading words of a rule that would let such commands run unasked; null when none is proposed.
   */
  proposedExecpolicyAmendment?: Array<string>,
  /**
   * Rules for hosts that could be kept for later requests; null when none are proposed.
   */
  proposedNetworkPolicyAmendments?: Array<NetworkPolicyAmendment>,
  /**
   * The decisions to offer, in the order to show them; null: not limited. Others may be accepted all the same, such
   * as `acceptForSession`.
   */
  availableDecisions?: Array<CommandExecutionApprovalDecision>,
};
