// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { ActivePermissionProfile } from "./ActivePermissionProfile";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { CollaborationMode } from "../CollaborationMode";
import type { MultiAgentMode } from "../MultiAgentMode";
import type { Personality } from "../Personality";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { ThreadEnvironment } from "./ThreadEnvironment";

/**
 * What later turns of a thread run with.
 */
export type ThreadSettings = {
  /**
   * Plugins the user switched off for it. Kept, but nothing is held back by it yet. Default none.
   */
  disabledPluginIds: Array<string>,
  /**
   * Working directory.
   */
  cwd: AbsolutePathBuf,
  /**
   * Where commands run, the first being the main one; null when the server does not tell, empty for none.
   */
  environments: Array<ThreadEnvironment> | null,
  /**
   * When the user is asked.
   */
  approvalPolicy: AskForApproval,
  /**
   * Who answers approvals.
   */
  approvalsReviewer: ApprovalsReviewer,
  /**
   * What commands may do.
   */
  sandboxPolicy: SandboxPolicy,
  /**
   * The profile the sandbox comes from; null when it was given as a policy.
   */
  activePermissionProfile: ActivePermissionProfile | null,
  /**
   * Slug of the model.
   */
  model: string,
  /**
   * Id of the provider.
   */
  modelProvider: string,
  /**
   * Speed tier; null for the model's default.
   */
  serviceTier: string | null,
  /**
   * Effort of reasoning; null for the model's default.
   */
  effort: ReasoningEffort | null,
  /**
   * How much of the reasoning is summed up; null for the model's default.
   */
  summary: ReasoningSummary | null,
  /**
   * The mode with its settings.
   */
  collaborationMode: CollaborationMode,
  /**
   * Deprecated: always `explicitRequestOnly`; `effort` decides how much agents are used.
   * @deprecated
   */
  multiAgentMode: MultiAgentMode,
  /**
   * Deprecated: the saved tone, which changes nothing; put wishes about tone into the developer instructions.
   * @deprecated
   */
  personality: Personality | null,
};
