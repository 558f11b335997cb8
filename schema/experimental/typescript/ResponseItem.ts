// Generated from the protocol crate; do not edit.

import type { AgentMessageInputContent } from "./AgentMessageInputContent";
import type { ConfigurationReasoning } from "./ConfigurationReasoning";
import type { ContentItem } from "./ContentItem";
import type { FunctionCallOutputBody } from "./FunctionCallOutputBody";
import type { InternalChatMessageMetadataPassthrough } from "./InternalChatMessageMetadataPassthrough";
import type { JsonValue } from "./serde_json/JsonValue";
import type { LocalShellAction } from "./LocalShellAction";
import type { LocalShellStatus } from "./LocalShellStatus";
import type { MessagePhase } from "./MessagePhase";
import type { ReasoningItemContent } from "./ReasoningItemContent";
import type { ReasoningItemReasoningSummary } from "./ReasoningItemReasoningSummary";
import type { ResponsesApiWebSearchAction } from "./ResponsesApiWebSearchAction";

/**
 * One item of the model's input or output.
 */
export type ResponseItem =
  /**
   * Tools that are told to the model within the history.
   */
  {
    type: "additional_tools",
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * Whose message it is, such as `developer`.
     */
    role: string,
    /**
     * The tools in the API's form.
     */
    tools: Array<JsonValue>,
  }
  /**
   * A message of any role.
   */
  | {
    type: "message",
    /**
     * Content only the provider can read; kept and sent back as it came.
     */
    encrypted_content?: string,
    /**
     * State in the API's words, such as `completed`.
     */
    status?: string,
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * `user`, `assistant`, `developer` or `system`.
     */
    role: string,
    /**
     * Its parts, in order.
     */
    content: Array<ContentItem>,
    /**
     * Of an assistant's message, whether it is the answer; absent when the model does not say.
     */
    phase?: MessagePhase,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * A message from one agent to another.
   */
  | {
    type: "agent_message",
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * The agent that sends it.
     */
    author: string,
    /**
     * The agent it is for.
     */
    recipient: string,
    /**
     * Its parts, in order.
     */
    content: Array<AgentMessageInputContent>,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * Reasoning of the model.
   */
  | {
    type: "reasoning",
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * What may be shown of it.
     */
    summary: Array<ReasoningItemReasoningSummary>,
    /**
     * The raw reasoning; absent unless the provider gives it.
     */
    content?: Array<ReasoningItemContent>,
    /**
     * The reasoning in a form only the provider can read, to be sent back with the next request; null when there
     * is none.
     */
    encrypted_content: string | null,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * A command in the API's own form for shells.
   */
  | {
    type: "local_shell_call",
    /**
     * Content only the provider can read; kept and sent back as it came.
     */
    encrypted_content?: string,
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * Pairs the call with its output; null in items of older APIs, which used `id`.
     */
    call_id: string | null,
    /**
     * How far it is.
     */
    status: LocalShellStatus,
    /**
     * What to run.
     */
    action: LocalShellAction,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * A call of a function tool.
   */
  | {
    type: "function_call",
    /**
     * Content only the provider can read; kept and sent back as it came.
     */
    encrypted_content?: string,
    /**
     * State in the API's words, such as `completed`.
     */
    status?: string,
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * Name of the function.
     */
    name: string,
    /**
     * Namespace of the tool; absent for one without.
     */
    namespace?: string,
    /**
     * Arguments as JSON text, exactly as the model wrote them; need not parse.
     */
    arguments: string,
    /**
     * Arguments only the provider can read; absent as a rule.
     */
    encrypted_function_args?: Array<string>,
    /**
     * Pairs a call with its output.
     */
    call_id: string,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * The model looks for tools that were not listed.
   */
  | {
    type: "tool_search_call",
    /**
     * Content only the provider can read; kept and sent back as it came.
     */
    encrypted_content?: string,
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * Pairs the call with its output; null when the provider searches itself.
     */
    call_id: string | null,
    /**
     * State in the API's words, such as `completed`.
     */
    status?: string,
    /**
     * Who carries the search out: `client` is this server.
     */
    execution: string,
    /**
     * What it looks for.
     */
    arguments: JsonValue,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * Result of a function call.
   */
  | {
    type: "function_call_output",
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * The call it answers; absent for a result that a client put in without a call.
     */
    call_id?: string,
    /**
     * Name of the function; absent where the call tells it.
     */
    name?: string,
    /**
     * Namespace of the tool; absent for one without.
     */
    namespace?: string,
    /**
     * What the model is told.
     */
    output: FunctionCallOutputBody,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * A call of a tool that takes free text.
   */
  | {
    type: "custom_tool_call",
    /**
     * Content only the provider can read; kept and sent back as it came.
     */
    encrypted_content?: string,
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * State in the API's words, such as `completed`.
     */
    status?: string,
    /**
     * Pairs a call with its output.
     */
    call_id: string,
    /**
     * Name of the tool.
     */
    name: string,
    /**
     * Namespace of the tool; absent for one without.
     */
    namespace?: string,
    /**
     * The text.
     */
    input: string,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * Result of such a call.
   */
  | {
    type: "custom_tool_call_output",
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * Pairs a call with its output.
     */
    call_id: string,
    /**
     * Name of the tool; absent where the call tells it.
     */
    name?: string,
    /**
     * What the model is told.
     */
    output: FunctionCallOutputBody,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * Tools that were found.
   */
  | {
    type: "tool_search_output",
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * The call it answers; null when the provider searched itself.
     */
    call_id: string | null,
    /**
     * State in the API's words, such as `completed`.
     */
    status: string,
    /**
     * Who carries the search out: `client` is this server.
     */
    execution: string,
    /**
     * The tools in the API's form.
     */
    tools: Array<JsonValue>,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * A search that the provider carried out.
   */
  | {
    type: "web_search_call",
    /**
     * Content only the provider can read; kept and sent back as it came.
     */
    encrypted_content?: string,
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * State in the API's words, such as `completed`.
     */
    status?: string,
    /**
     * What it did; absent while it is not known.
     */
    action?: ResponsesApiWebSearchAction,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * An image that the provider made.
   */
  | {
    type: "image_generation_call",
    /**
     * Content only the provider can read; kept and sent back as it came.
     */
    encrypted_content?: string,
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * State in the API's words, such as `completed`.
     */
    status: string,
    /**
     * The prompt as the image model rewrote it; absent when it did not.
     */
    revised_prompt?: string,
    /**
     * The image in Base64; empty when there is none.
     */
    result: string,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * What stands in place of a history that the provider compacted.
   */
  | {
    type: "compaction",
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * The compacted history, readable by the provider only.
     */
    encrypted_content: string,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * From this place on the model runs with other settings.
   */
  | {
    type: "configuration_update",
    /**
     * The new settings of reasoning.
     */
    reasoning: ConfigurationReasoning,
  }
  /**
   * Asks the provider to compact what stands before it.
   */
  | {
    type: "compaction_trigger",
  }
  /**
   * A compaction within the history.
   */
  | {
    type: "context_compaction",
    /**
     * The API's id of the item; absent for items it has not numbered.
     */
    id?: string,
    /**
     * The compacted history; absent when there is none.
     */
    encrypted_content?: string,
    /**
     * Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
     * them.
     */
    internal_chat_message_metadata_passthrough?: InternalChatMessageMetadataPassthrough,
  }
  /**
   * An item of a kind this version does not know. Its content is lost.
   */
  | {
    type: "other",
  };
