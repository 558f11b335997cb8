// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { AdditionalContextEntry } from "./AdditionalContextEntry";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { CollaborationMode } from "../CollaborationMode";
import type { CyberAccessProgram } from "./CyberAccessProgram";
import type { JsonValue } from "../serde_json/JsonValue";
import type { MultiAgentMode } from "../MultiAgentMode";
import type { Personality } from "../Personality";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { ReasoningSummary } from "../ReasoningSummary";
import type { SandboxPolicy } from "./SandboxPolicy";
import type { TurnEnvironmentParams } from "./TurnEnvironmentParams";
import type { TurnToolOutput } from "./TurnToolOutput";
import type { UserInput } from "./UserInput";

/**
 * Params of `turn/start`. While a turn runs it adds the input to that one, as `turn/steer` does.
 */
export type TurnStartParams = {
  /**
   * The thread; it must be loaded.
   */
  threadId: string,
  /**
   * Plugins to switch off for the thread, in place of the former list; absent keeps it, an empty list clears it.
   */
  disabledPluginIds?: Array<string> | null,
  /**
   * The client's own id of the message; comes back as `clientId` of its item.
   */
  clientUserMessageId?: string | null,
  /**
   * The parts of the message. An empty list runs a turn without one.
   */
  input: Array<UserInput>,
  /**
   * What made the client start it, for statistics; ignored when it joins a running turn.
   */
  turnTrigger?: string | null,
  /**
   * The turn on whose behalf this one runs, of another thread perhaps; absent for work of the user's own. Ignored
   * when it joins a running turn.
   */
  parentTurnId?: string | null,
  /**
   * The turn that all this work began with; absent: this one. Ignored when it joins a running turn.
   */
  rootTurnId?: string | null,
  /**
   * A tool result to put before the model along with the input.
   */
  toolOutput?: TurnToolOutput | null,
  /**
   * Notes for the turn metadata of requests to the model, in place of those given before; an empty map clears them.
   * Keys the server uses itself cannot be set.
   */
  responsesapiClientMetadata?: { [key in string]?: string } | null,
  /**
   * The same, but added to those given before. Applied last.
   */
  responsesapiClientMetadataPatch?: { [key in string]?: string } | null,
  /**
   * Further texts for the model, by a name of the client's for their source.
   */
  additionalContext?: { [key in string]?: AdditionalContextEntry } | null,
  /**
   * Where commands run, from this turn on; absent: as the thread has it, empty: nowhere.
   */
  environments?: Array<TurnEnvironmentParams> | null,
  /**
   * Working directory, from this turn on.
   */
  cwd?: string | null,
  /**
   * Folders that count as the workspace, from this turn on; absolute.
   */
  runtimeWorkspaceRoots?: Array<AbsolutePathBuf> | null,
  /**
   * When the user is asked, from this turn on.
   */
  approvalPolicy?: AskForApproval | null,
  /**
   * Who answers approvals, from this turn on.
   */
  approvalsReviewer?: ApprovalsReviewer | null,
  /**
   * What commands may do, from this turn on. Not together with `permissions`.
   */
  sandboxPolicy?: SandboxPolicy | null,
  /**
   * Id of a permission profile, from this turn on. Not together with `sandboxPolicy`.
   */
  permissions?: string | null,
  /**
   * Slug of the model, from this turn on.
   */
  model?: string | null,
  /**
   * Speed tier from this turn on. Three states: absent keeps it, null goes back to the model's default, a value sets
   * it.
   */
  serviceTier?: string | null,
  /**
   * Speed tier of this turn alone, `default` for the usual speed; absent: the thread's. Ignored when it joins a
   * running turn.
   */
  serviceTierForTurn?: string | null,
  /**
   * Effort of reasoning, from this turn on.
   */
  effort?: ReasoningEffort | null,
  /**
   * How much of the reasoning is summed up, from this turn on.
   */
  summary?: ReasoningSummary | null,
  /**
   * Deprecated: chooses nothing any more; put wishes about tone into the developer instructions.
   * @deprecated
   */
  personality?: Personality | null,
  /**
   * JSON Schema that the last message must follow, in this turn only.
   */
  outputSchema?: JsonValue,
  /**
   * The mode, from this turn on. Its settings win over `model`, `effort` and the developer instructions.
   */
  collaborationMode?: CollaborationMode | null,
  /**
   * Deprecated: ignored; an `effort` of `ultra` makes the model use agents by itself.
   * @deprecated
   */
  multiAgentMode?: MultiAgentMode | null,
  /**
   * Programme to ask for in this turn; absent leaves it to the server. Asking grants nothing.
   */
  cyberAccessProgram?: CyberAccessProgram | null,
};
