// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { ActivePermissionProfile } from "./ActivePermissionProfile";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { MultiAgentMode } from "../MultiAgentMode";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { Thread } from "./Thread";

/**
 * Result of `thread/fork`: the new thread and what its next turn runs with.
 */
export type ThreadForkResponse = {
  /**
   * The new thread with the turns it took over, unless they were excluded; `forkedFromId` names the source.
   */
  thread: Thread,
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
   * Plugins the user switched off for it. Kept, but nothing is held back by it yet. Default none.
   */
  disabledPluginIds: Array<string>,
  /**
   * Working directory.
   */
  cwd: AbsolutePathBuf,
  /**
   * Folders that count as the workspace. Default none.
   */
  runtimeWorkspaceRoots: Array<AbsolutePathBuf>,
  /**
   * Files with instructions in use, such as AGENTS.md. Default none.
   */
  instructionSources: Array<LegacyAppPathString>,
  /**
   * When the user is asked.
   */
  approvalPolicy: AskForApproval,
  /**
   * Who answers approvals.
   */
  approvalsReviewer: ApprovalsReviewer,
  /**
   * What commands may do, as the nearest policy of the older form; see `activePermissionProfile` for where it comes
   * from.
   */
  sandbox: SandboxPolicy,
  /**
   * The profile the sandbox comes from, named or built in; null when unknown.
   */
  activePermissionProfile: ActivePermissionProfile | null,
  /**
   * Effort of reasoning; null for the model's default.
   */
  reasoningEffort: ReasoningEffort | null,
  /**
   * Deprecated: always `explicitRequestOnly`, which is also the default; `reasoningEffort` decides how much agents
   * are used.
   */
  multiAgentMode: MultiAgentMode,
};
