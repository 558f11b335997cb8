// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { ApprovalsReviewer } from "./ApprovalsReviewer";
import type { AskForApproval } from "./AskForApproval";
import type { DynamicToolSpec } from "./DynamicToolSpec";
import type { JsonValue } from "../serde_json/JsonValue";
import type { MultiAgentMode } from "../MultiAgentMode";
import type { Personality } from "../Personality";
import type { SandboxMode } from "./SandboxMode";
import type { SelectedCapabilityRoot } from "./SelectedCapabilityRoot";
import type { ThreadHistoryMode } from "./ThreadHistoryMode";
import type { ThreadSource } from "./ThreadSource";
import type { ThreadStartSource } from "./ThreadStartSource";
import type { TurnEnvironmentParams } from "./TurnEnvironmentParams";

/**
 * Params of `thread/start`.
 */
export type ThreadStartParams = {
  /**
   * Slug of the model; absent: the configured one, else the provider's default.
   */
  model?: string | null,
  /**
   * Id of the provider; one that is not configured fails the request.
   */
  modelProvider?: string | null,
  /**
   * Lets a provider with a fixed list of models put its default in place of a model it does not have. Default false.
   */
  allowProviderModelFallback?: boolean,
  /**
   * Three states: absent takes the configured tier, null the model's default, a value sets it.
   */
  serviceTier?: string | null,
  /**
   * Working directory; a relative one counts from the server's, and it need not exist. Absent: the server's.
   */
  cwd?: string | null,
  /**
   * Folders that count as the workspace; absolute. Absent: the working directory.
   */
  runtimeWorkspaceRoots?: Array<AbsolutePathBuf> | null,
  /**
   * When the user is asked.
   */
  approvalPolicy?: AskForApproval | null,
  /**
   * Who answers approvals.
   */
  approvalsReviewer?: ApprovalsReviewer | null,
  /**
   * What commands may do; absent: read-only, or writing in projects that are trusted. Not together with
   * `permissions`.
   */
  sandbox?: SandboxMode | null,
  /**
   * Id of a permission profile. Not together with `sandbox`.
   */
  permissions?: string | null,
  /**
   * Overrides of configuration keys, nested or dotted, such as `features.NAME`.
   */
  config?: { [key in string]?: JsonValue } | null,
  /**
   * Name of the service that starts the thread, for statistics.
   */
  serviceName?: string | null,
  /**
   * System prompt in place of the server's own.
   */
  baseInstructions?: string | null,
  /**
   * Developer message put before the server's own.
   */
  developerInstructions?: string | null,
  /**
   * Deprecated: chooses nothing any more; put wishes about tone into the developer instructions.
   * @deprecated
   */
  personality?: Personality | null,
  /**
   * Deprecated: ignored; an effort of `ultra` makes the model use agents by itself.
   * @deprecated
   */
  multiAgentMode?: MultiAgentMode | null,
  /**
   * Keeps the thread in memory only: no file, no place in lists. Absent means false.
   */
  ephemeral?: boolean | null,
  /**
   * How the history is stored; absent means `paginated`.
   */
  historyMode?: ThreadHistoryMode | null,
  /**
   * What made the client start it, for hooks; absent means `startup`.
   */
  sessionStartSource?: ThreadStartSource | null,
  /**
   * Why it is started, in the client's words, for statistics.
   */
  threadSource?: ThreadSource | null,
  /**
   * The project to assign it to; an ephemeral thread shows it but keeps nothing.
   */
  projectId?: string | null,
  /**
   * Choice about the Daybreak programme to save; absent leaves it open. Grants nothing by itself; not for ephemeral
   * threads.
   */
  daybreakEnabled?: boolean | null,
  /**
   * Where commands run, the first being the main one; absent: the default environment, empty: none, so that no
   * command runs.
   */
  environments?: Array<TurnEnvironmentParams> | null,
  /**
   * Tools that the client carries out, offered to the model under their own names.
   */
  dynamicTools?: Array<DynamicToolSpec> | null,
  /**
   * Folders with capabilities (such as skills) that the host chose for this thread.
   */
  selectedCapabilityRoots?: Array<SelectedCapabilityRoot> | null,
  /**
   * Tests the experimental gate; nothing else.
   */
  mockExperimentalField?: string | null,
  /**
   * Also sends the model's items as they are. For hosted servers. Default false.
   */
  experimentalRawEvents?: boolean,
};
