// Generated from the protocol crate; do not edit.

import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { CollaborationMode } from "../CollaborationMode";
import type { MultiAgentMode } from "../MultiAgentMode";
import type { Personality } from "../Personality";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { TurnEnvironmentParams } from "./TurnEnvironmentParams";

/**
 * Params of `thread/settings/update`. Every setting that is absent stays as it is; so does one that is null, unless
 * said otherwise. Experimental.
 */
export type ThreadSettingsUpdateParams = {
  /**
   * The thread whose settings change.
   */
  threadId: string,
  /**
   * Plugins to switch off for the thread, in place of the former list; absent or null keeps it, an empty list clears
   * it.
   */
  disabledPluginIds?: Array<string> | null,
  /**
   * Working directory of later turns. When `environments` is absent, commands go to the default environments of this
   * directory.
   */
  cwd?: string | null,
  /**
   * Where commands of later turns run. Absent or null keeps the choice, but with `cwd` takes the default ones there;
   * an empty list means nowhere.
   */
  environments?: Array<TurnEnvironmentParams> | null,
  /**
   * When the user is asked in later turns.
   */
  approvalPolicy?: AskForApproval | null,
  /**
   * Who answers approvals in later turns.
   */
  approvalsReviewer?: ApprovalsReviewer | null,
  /**
   * What commands of later turns may do. Not together with `permissions`.
   */
  sandboxPolicy?: SandboxPolicy | null,
  /**
   * Id of a permission profile for later turns. Not together with `sandboxPolicy`.
   */
  permissions?: string | null,
  /**
   * Slug of the model for later turns.
   */
  model?: string | null,
  /**
   * Speed tier of later turns. Three states: absent keeps it, null clears it, a value sets it.
   */
  serviceTier?: string | null,
  /**
   * Effort of reasoning in later turns.
   */
  effort?: ReasoningEffort | null,
  /**
   * How much of the reasoning is summed up in later turns.
   */
  summary?: ReasoningSummary | null,
  /**
   * Experimental. The mode of later turns; null developer instructions in its settings stand for the built-in ones
   * of that mode.
   */
  collaborationMode?: CollaborationMode | null,
  /**
   * Deprecated: ignored; an `effort` of `ultra` makes the model use agents by itself.
   */
  multiAgentMode?: MultiAgentMode | null,
  /**
   * Deprecated: chooses no style any more, and the instructions that the thread has stay as they are.
   */
  personality?: Personality | null,
};
