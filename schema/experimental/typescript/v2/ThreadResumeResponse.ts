// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { ActivePermissionProfile } from "./ActivePermissionProfile";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { CollaborationMode } from "../CollaborationMode";
import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { MultiAgentMode } from "../MultiAgentMode";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { Thread } from "./Thread";
import type { TurnsPage } from "./TurnsPage";

/**
 * Result of `thread/resume`: the thread and what its next turn runs with.
 */
export type ThreadResumeResponse = {
  /**
   * The thread, with turns unless they were excluded.
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
   * The profile the sandbox comes from; null when it was given as a mode or policy.
   */
  activePermissionProfile: ActivePermissionProfile | null,
  /**
   * Effort of reasoning; null for the model's default.
   */
  reasoningEffort: ReasoningEffort | null,
  /**
   * The mode with its settings; null from older servers.
   */
  collaborationMode: CollaborationMode | null,
  /**
   * Deprecated: always `explicitRequestOnly`; `reasoningEffort` decides how much agents are used.
   * @deprecated
   */
  multiAgentMode: MultiAgentMode,
  /**
   * The page of turns that was asked for; else null.
   */
  initialTurnsPage: TurnsPage | null,
  /**
   * Cursor for `thread/turns/list` with direction `desc`; the page begins with the newest turn. Null when it cannot
   * page.
   */
  turnsBackwardsCursor: string | null,
  /**
   * Cursor for `thread/items/list` with direction `desc`; the page begins with the newest item. Null when it cannot
   * page.
   */
  itemsBackwardsCursor: string | null,
};
