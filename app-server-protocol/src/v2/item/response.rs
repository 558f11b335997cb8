//! The history as the model sees it: the items of the Responses API, sent to it and received from it.
//!
//! Spelling is the API's (snake_case). What is written to rollouts and sent back must survive unchanged: optional fields are
//! left out when absent, and items of unknown kinds become [`ResponseItem::Other`].

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value as JsonValue;

use crate::v2::*;

/// One item of the model's input or output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
#[schemars(extend("x-root" = true, "x-never-null" = true))]
pub enum ResponseItem {
    /// Tools that are told to the model within the history.
    AdditionalTools {
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// Whose message it is, such as `developer`.
        role: String,
        /// The tools in the API's form.
        tools: Vec<JsonValue>,
    },
    /// A message of any role.
    Message {
        /// Content only the provider can read; kept and sent back as it came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypted_content: Option<String>,
        /// State in the API's words, such as `completed`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<String>,
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// `user`, `assistant`, `developer` or `system`.
        role: String,
        /// Its parts, in order.
        content: Vec<ContentItem>,
        /// Of an assistant's message, whether it is the answer; absent when the model does not say.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        phase: Option<MessagePhase>,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// A message from one agent to another.
    AgentMessage {
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// The agent that sends it.
        author: String,
        /// The agent it is for.
        recipient: String,
        /// Its parts, in order.
        content: Vec<AgentMessageInputContent>,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// Reasoning of the model.
    Reasoning {
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// What may be shown of it.
        summary: Vec<ReasoningItemReasoningSummary>,
        /// The raw reasoning; absent unless the provider gives it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        content: Option<Vec<ReasoningItemContent>>,
        /// The reasoning in a form only the provider can read, to be sent back with the next request; null when there
        /// is none.
        encrypted_content: Option<String>,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// A command in the API's own form for shells.
    LocalShellCall {
        /// Content only the provider can read; kept and sent back as it came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypted_content: Option<String>,
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// Pairs the call with its output; null in items of older APIs, which used `id`.
        call_id: Option<String>,
        /// How far it is.
        status: LocalShellStatus,
        /// What to run.
        action: LocalShellAction,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// A call of a function tool.
    FunctionCall {
        /// Content only the provider can read; kept and sent back as it came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypted_content: Option<String>,
        /// State in the API's words, such as `completed`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<String>,
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// Name of the function.
        name: String,
        /// Namespace of the tool; absent for one without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        namespace: Option<String>,
        /// Arguments as JSON text, exactly as the model wrote them; need not parse.
        arguments: String,
        /// Arguments only the provider can read; absent as a rule.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypted_function_args: Option<Vec<String>>,
        /// Pairs a call with its output.
        call_id: String,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// The model looks for tools that were not listed.
    ToolSearchCall {
        /// Content only the provider can read; kept and sent back as it came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypted_content: Option<String>,
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// Pairs the call with its output; null when the provider searches itself.
        call_id: Option<String>,
        /// State in the API's words, such as `completed`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<String>,
        /// Who carries the search out: `client` is this server.
        execution: String,
        /// What it looks for.
        arguments: JsonValue,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// Result of a function call.
    FunctionCallOutput {
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// The call it answers; absent for a result that a client put in without a call.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        call_id: Option<String>,
        /// Name of the function; absent where the call tells it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// Namespace of the tool; absent for one without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        namespace: Option<String>,
        /// What the model is told.
        output: FunctionCallOutputBody,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// A call of a tool that takes free text.
    CustomToolCall {
        /// Content only the provider can read; kept and sent back as it came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypted_content: Option<String>,
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// State in the API's words, such as `completed`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<String>,
        /// Pairs a call with its output.
        call_id: String,
        /// Name of the tool.
        name: String,
        /// Namespace of the tool; absent for one without.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        namespace: Option<String>,
        /// The text.
        input: String,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// Result of such a call.
    CustomToolCallOutput {
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// Pairs a call with its output.
        call_id: String,
        /// Name of the tool; absent where the call tells it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// What the model is told.
        output: FunctionCallOutputBody,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// Tools that were found.
    ToolSearchOutput {
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// The call it answers; null when the provider searched itself.
        call_id: Option<String>,
        /// State in the API's words, such as `completed`.
        status: String,
        /// Who carries the search out: `client` is this server.
        execution: String,
        /// The tools in the API's form.
        tools: Vec<JsonValue>,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// A search that the provider carried out.
    WebSearchCall {
        /// Content only the provider can read; kept and sent back as it came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypted_content: Option<String>,
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// State in the API's words, such as `completed`.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        status: Option<String>,
        /// What it did; absent while it is not known.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        action: Option<ResponsesApiWebSearchAction>,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// An image that the provider made.
    ImageGenerationCall {
        /// Content only the provider can read; kept and sent back as it came.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypted_content: Option<String>,
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// State in the API's words, such as `completed`.
        status: String,
        /// The prompt as the image model rewrote it; absent when it did not.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        revised_prompt: Option<String>,
        /// The image in Base64; empty when there is none.
        result: String,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// What stands in place of a history that the provider compacted.
    Compaction {
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// The compacted history, readable by the provider only.
        encrypted_content: String,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// From this place on the model runs with other settings.
    ConfigurationUpdate {
        /// The new settings of reasoning.
        reasoning: ConfigurationReasoning,
    },
    /// Asks the provider to compact what stands before it.
    CompactionTrigger,
    /// A compaction within the history.
    ContextCompaction {
        /// The API's id of the item; absent for items it has not numbered.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        id: Option<String>,
        /// The compacted history; absent when there is none.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        encrypted_content: Option<String>,
        /// Notes of the server on where the item belongs; kept in rollouts, never sent to a provider that does not know
        /// them.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        internal_chat_message_metadata_passthrough: Option<InternalChatMessageMetadataPassthrough>,
    },
    /// An item of a kind this version does not know. Its content is lost.
    #[serde(other)]
    Other,
}

#[cfg(test)]
mod tests {
    use serde_json::{from_value, json};

    use super::*;

    #[test]
    fn what_may_be_absent_may_be_missing_at_the_end_of_an_array() {
        let item: ResponseItem = from_value(json!(["context_compaction"])).unwrap();
        assert!(matches!(item, ResponseItem::ContextCompaction { id: None, .. }));
        for (item, complaint) in [
            (json!(["message"]), "invalid length 3, expected struct variant ResponseItem::Message with 7 elements"),
            (json!(["reasoning"]), "invalid length 1, expected struct variant ResponseItem::Reasoning with 5 elements"),
        ] {
            assert_eq!(from_value::<ResponseItem>(item).unwrap_err().to_string(), complaint);
        }
    }
}
