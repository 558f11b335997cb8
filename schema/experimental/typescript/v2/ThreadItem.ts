// Generated from the protocol crate; do not edit.

import type { AbsolutePathBuf } from "../AbsolutePathBuf";
import type { AgentMessageDelivery } from "./AgentMessageDelivery";
import type { AgentMessageModeration } from "./AgentMessageModeration";
import type { AsyncUserInputQuestion } from "./AsyncUserInputQuestion";
import type { CollabAgentState } from "./CollabAgentState";
import type { CollabAgentTool } from "./CollabAgentTool";
import type { CollabAgentToolCallStatus } from "./CollabAgentToolCallStatus";
import type { CommandAction } from "./CommandAction";
import type { CommandExecutionSource } from "./CommandExecutionSource";
import type { CommandExecutionStatus } from "./CommandExecutionStatus";
import type { DynamicToolCallOutputContentItem } from "./DynamicToolCallOutputContentItem";
import type { DynamicToolCallStatus } from "./DynamicToolCallStatus";
import type { FileUpdateChange } from "./FileUpdateChange";
import type { FunctionCallOutputBody } from "../FunctionCallOutputBody";
import type { HookPromptFragment } from "./HookPromptFragment";
import type { ImageGenerationFailure } from "../ImageGenerationFailure";
import type { ImageGenerationInputImage } from "../ImageGenerationInputImage";
import type { JsonValue } from "../serde_json/JsonValue";
import type { LegacyAppPathString } from "../LegacyAppPathString";
import type { McpAppUi } from "./McpAppUi";
import type { McpToolCallAppContext } from "./McpToolCallAppContext";
import type { McpToolCallError } from "./McpToolCallError";
import type { McpToolCallResult } from "./McpToolCallResult";
import type { McpToolCallStatus } from "./McpToolCallStatus";
import type { MemoryCitation } from "./MemoryCitation";
import type { MessagePhase } from "../MessagePhase";
import type { PatchApplyStatus } from "./PatchApplyStatus";
import type { ReasoningEffort } from "../ReasoningEffort";
import type { SubAgentActivityKind } from "./SubAgentActivityKind";
import type { UserInput } from "./UserInput";
import type { WebSearchAction } from "./WebSearchAction";

/**
 * One item with the times of its life. On the wire all fields stand side by side.
 */
export type ThreadItem = {
  /**
   * When it started, in Unix milliseconds; null when not recorded.
   */
  startedAtMs: number | null,
  /**
   * When it was completed, in Unix milliseconds; null before that or when not recorded.
   */
  completedAtMs: number | null,
} & (
  /**
   * Input of the user, or of a client on their behalf.
   */
  {
    type: "userMessage",
    /**
     * Id of the item, a UUID the server made.
     */
    id: string,
    /**
     * The `clientUserMessageId` of the request that brought it; null when it had none.
     */
    clientId: string | null,
    /**
     * The parts of the message, in the order they were sent.
     */
    content: Array<UserInput>,
  }
  /**
   * Text that hooks put before the model.
   */
  | {
    type: "hookPrompt",
    /**
     * Id of the item.
     */
    id: string,
    /**
     * The texts, in the order the hooks ran.
     */
    fragments: Array<HookPromptFragment>,
  }
  /**
   * Text the model addresses to the user.
   */
  | {
    type: "agentMessage",
    /**
     * Notes of a content check; null when there was none.
     */
    moderation: AgentMessageModeration | null,
    /**
     * The model's own id of the message.
     */
    id: string,
    /**
     * The text so far: empty when started, whole when completed.
     */
    text: string,
    /**
     * Whether this is the answer or on the way to it; null when the model does not say.
     */
    phase: MessagePhase | null,
    /**
     * Which memories the text rests on; null when none.
     */
    memoryCitation: MemoryCitation | null,
    /**
     * How the message reaches the user; null is the ordinary way, within the turn.
     */
    delivery: AgentMessageDelivery | null,
    /**
     * Questions the user may answer later; null when the message asks none.
     */
    questions: Array<AsyncUserInputQuestion> | null,
  }
  /**
   * A tool result that a client put into the turn, see `toolOutput` of `turn/start`.
   */
  | {
    type: "functionCallOutput",
    /**
     * Id of the item.
     */
    id: string,
    /**
     * Name of the tool.
     */
    name: string,
    /**
     * Namespace of the tool; null for one without.
     */
    namespace: string | null,
    /**
     * The result as the model sees it.
     */
    output: FunctionCallOutputBody,
  }
  /**
   * A plan the model proposes in plan mode. The completed text counts, even where the deltas add up to another.
   */
  | {
    type: "plan",
    /**
     * Id of the turn with `-plan` behind it.
     */
    id: string,
    /**
     * The plan.
     */
    text: string,
  }
  /**
   * The model's reasoning, as far as it is shown.
   */
  | {
    type: "reasoning",
    /**
     * The model's own id of the reasoning.
     */
    id: string,
    /**
     * Summaries, one entry a part; empty when started.
     */
    summary: Array<string>,
    /**
     * Raw reasoning, one entry a part; empty unless the configuration asks for it.
     */
    content: Array<string>,
  }
  /**
   * A shell command and its process.
   */
  | {
    type: "commandExecution",
    /**
     * Id of the call, as the model gave it.
     */
    id: string,
    /**
     * The plugin whose script this command runs, when it is a trusted one; else null.
     */
    pluginId: string | null,
    /**
     * That script, relative to the plugin's folder; else null.
     */
    scriptPath: string | null,
    /**
     * The whole command line, shell included.
     */
    command: string,
    /**
     * Folder it runs in.
     */
    cwd: LegacyAppPathString,
    /**
     * Id for writing to and ending the process; null until it is started.
     */
    processId: string | null,
    /**
     * Who asked for the command. Default `agent`.
     */
    source: CommandExecutionSource,
    /**
     * How far it is.
     */
    status: CommandExecutionStatus,
    /**
     * What the command line seems to do, one entry a simple command; a guess for display only.
     */
    commandActions: Array<CommandAction>,
    /**
     * Standard output and error in order of arrival, capped; null when nothing was printed.
     */
    aggregatedOutput: string | null,
    /**
     * Exit code, 128 plus the signal's number when a signal ended it; null while it runs or when it was refused.
     */
    exitCode: number | null,
    /**
     * How long it ran, in milliseconds; null before the end or when unknown.
     */
    durationMs: number | null,
  }
  /**
   * Changes to files by a patch.
   */
  | {
    type: "fileChange",
    /**
     * Id of the call, as the model gave it.
     */
    id: string,
    /**
     * The changes, one entry a file.
     */
    changes: Array<FileUpdateChange>,
    /**
     * Whether they were made.
     */
    status: PatchApplyStatus,
  }
  /**
   * A call of a tool of an MCP server.
   */
  | {
    type: "mcpToolCall",
    /**
     * Id of the call, as the model gave it.
     */
    id: string,
    /**
     * Name of the server in the configuration.
     */
    server: string,
    /**
     * Name of the tool as the server calls it.
     */
    tool: string,
    /**
     * How far it is.
     */
    status: McpToolCallStatus,
    /**
     * Arguments the model gave.
     */
    arguments: JsonValue,
    /**
     * The app the tool belongs to; null when it belongs to none.
     */
    appContext: McpToolCallAppContext | null,
    /**
     * Older place of `mcpAppUi.resourceUri`; read that one where it is there.
     */
    mcpAppResourceUri?: string,
    /**
     * How to show the call, as the tool declared it; null when it did not or in older history.
     */
    mcpAppUi: McpAppUi | null,
    /**
     * The plugin that brought the server; null when none did.
     */
    pluginId: string | null,
    /**
     * Whether the tool says that it changes nothing; null when it does not say.
     */
    readOnlyHint: boolean | null,
    /**
     * What the tool answered, also when it reports a failure of its own; null before that.
     */
    result: McpToolCallResult | null,
    /**
     * Why the call itself failed; null when it did not.
     */
    error: McpToolCallError | null,
    /**
     * How long it ran, in milliseconds; null before the end or when unknown.
     */
    durationMs: number | null,
  }
  /**
   * A call of a tool that the client offered and carries out.
   */
  | {
    type: "dynamicToolCall",
    /**
     * Id of the call, as the model gave it.
     */
    id: string,
    /**
     * Namespace of the tool; null for one without.
     */
    namespace: string | null,
    /**
     * Name of the tool.
     */
    tool: string,
    /**
     * Arguments the model gave.
     */
    arguments: JsonValue,
    /**
     * How far it is.
     */
    status: DynamicToolCallStatus,
    /**
     * What the client answered; null before that.
     */
    contentItems: Array<DynamicToolCallOutputContentItem> | null,
    /**
     * Whether the client says that it worked; null before its answer.
     */
    success: boolean | null,
    /**
     * How long it ran, in milliseconds; null before the end or when unknown.
     */
    durationMs: number | null,
  }
  /**
   * A call by which one agent starts, steers or asks another.
   */
  | {
    type: "collabAgentToolCall",
    /**
     * Id of the call, as the model gave it.
     */
    id: string,
    /**
     * What was asked for.
     */
    tool: CollabAgentTool,
    /**
     * How far it is.
     */
    status: CollabAgentToolCallStatus,
    /**
     * Thread of the agent that calls.
     */
    senderThreadId: string,
    /**
     * Threads of the agents it is about; of a spawn, the new one's.
     */
    receiverThreadIds: Array<string>,
    /**
     * Text handed over; null when the call has none.
     */
    prompt: string | null,
    /**
     * Model asked for, of a spawn; else null.
     */
    model: string | null,
    /**
     * Effort asked for, of a spawn; else null.
     */
    reasoningEffort: ReasoningEffort | null,
    /**
     * Last known state of the receivers, by thread id.
     */
    agentsStates: { [key in string]?: CollabAgentState },
  }
  /**
   * Something that happened to an agent below this one.
   */
  | {
    type: "subAgentActivity",
    /**
     * Model the agent was started with; null for other activities and in older records.
     */
    model: string | null,
    /**
     * Effort the agent was started with; null when unknown.
     */
    reasoningEffort: ReasoningEffort | null,
    /**
     * Id of the item.
     */
    id: string,
    /**
     * What happened.
     */
    kind: SubAgentActivityKind,
    /**
     * Thread of that agent.
     */
    agentThreadId: string,
    /**
     * Where that agent stands in the tree of agents.
     */
    agentPath: string,
  }
  /**
   * A search in the web.
   */
  | {
    type: "webSearch",
    /**
     * Id of the call, as the model gave it.
     */
    id: string,
    /**
     * What was looked for; empty when started, the address when a page was opened.
     */
    query: string,
    /**
     * What was done; null when unknown.
     */
    action: WebSearchAction | null,
    /**
     * What a search endpoint returned beside the model's stream, each entry as it came; null when nothing.
     */
    results: Array<JsonValue> | null,
  }
  /**
   * The model looked at an image file.
   */
  | {
    type: "imageView",
    /**
     * Id of the call, as the model gave it.
     */
    id: string,
    /**
     * The file.
     */
    path: LegacyAppPathString,
  }
  /**
   * The agent waits.
   */
  | {
    type: "sleep",
    /**
     * Id of the call, as the model gave it.
     */
    id: string,
    /**
     * How long it means to wait, in milliseconds.
     */
    durationMs: number,
  }
  /**
   * An image the model made.
   */
  | {
    type: "imageGeneration",
    /**
     * Id of the call, as the model gave it.
     */
    id: string,
    /**
     * State in the provider's words, such as `completed`.
     */
    status: string,
    /**
     * The prompt as the image model rewrote it; null when it did not.
     */
    revisedPrompt: string | null,
    /**
     * Whether the image was asked to have no background; absent when not said.
     */
    transparentBackground?: boolean,
    /**
     * Why there is no image; null when there is one.
     */
    failure: ImageGenerationFailure | null,
    /**
     * Where the server stored it; absent when it did not.
     */
    savedPath?: AbsolutePathBuf,
    /**
     * Local files the image was made from; absent when none.
     */
    inputImages?: Array<ImageGenerationInputImage>,
    /**
     * The provider's id of the image; null when it gave none.
     */
    generationId: string | null,
  } & (
    /**
     * It lies in the provider's store.
     */
    {
      /**
       * Its id there.
       */
      fileId: string,
    }
    /**
     * It is in the item.
     */
    | {
      /**
       * The image in Base64; empty while it is made or when it failed.
       */
      result: string,
    })
  /**
   * A review begins.
   */
  | {
    type: "enteredReviewMode",
    /**
     * Id of the item.
     */
    id: string,
    /**
     * What is reviewed, for people.
     */
    review: string,
  }
  /**
   * A review is over.
   */
  | {
    type: "exitedReviewMode",
    /**
     * Id of the item.
     */
    id: string,
    /**
     * The findings as text.
     */
    review: string,
  }
  /**
   * The history was replaced by a summary to make room in the model's context.
   */
  | {
    type: "contextCompaction",
    /**
     * Id of the item.
     */
    id: string,
  });
