//! A completed item as lines spell it: CamelCase kinds, snake_case fields, and back to the wire's item.
//!
//! Kinds that no turn of this server makes yet travel as the wire's fields in snake_case ([`Form::Other`]).

use std::collections::BTreeMap;

use codex_app_server_protocol::v2::{self, ThreadItemKind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::core_tool::{
    CommandExecution, EnteredReviewMode, ExitedReviewMode, FileChange, ImageView, McpToolCall, WebSearch,
};
use super::snake::{camel, camel_keys, snake_keys};
use super::user_input;

/// A completed item in the form of the lines, ready to be written.
#[derive(Clone, Debug, Serialize)]
#[serde(transparent)]
pub struct CoreItem(pub(super) Form);

#[derive(Clone, Debug, Serialize)]
#[serde(tag = "type")]
pub(super) enum Form {
    UserMessage(UserMessage),
    AgentMessage(AgentMessage),
    Plan(Plan),
    Reasoning(Reasoning),
    CommandExecution(CommandExecution),
    FileChange(FileChange),
    McpToolCall(McpToolCall),
    WebSearch(WebSearch),
    ImageView(ImageView),
    EnteredReviewMode(EnteredReviewMode),
    ExitedReviewMode(ExitedReviewMode),
    ContextCompaction(ContextCompaction),
    #[serde(untagged)]
    Other(Value),
}

impl CoreItem {
    /// The wire item of an item line. `Ok(None)` for a kind that this version does not know.
    pub(crate) fn read(item: &RawValue) -> Result<Option<ThreadItemKind>, serde_json::Error> {
        #[derive(Deserialize)]
        struct Head<'a> {
            #[serde(rename = "type", borrow)]
            kind: std::borrow::Cow<'a, str>,
        }
        fn form<T: DeserializeOwned + Into<ThreadItemKind>>(
            item: &RawValue,
        ) -> Result<Option<ThreadItemKind>, serde_json::Error> {
            serde_json::from_str::<T>(item.get()).map(|form| Some(form.into()))
        }
        let head: Head<'_> = serde_json::from_str(item.get())?;
        match &*head.kind {
            "UserMessage" => form::<UserMessage>(item),
            "AgentMessage" => form::<AgentMessage>(item),
            "Plan" => form::<Plan>(item),
            "Reasoning" => form::<Reasoning>(item),
            "CommandExecution" => form::<CommandExecution>(item),
            "FileChange" => form::<FileChange>(item),
            "McpToolCall" => form::<McpToolCall>(item),
            "WebSearch" => form::<WebSearch>(item),
            "ImageView" => form::<ImageView>(item),
            "EnteredReviewMode" => form::<EnteredReviewMode>(item),
            "ExitedReviewMode" => form::<ExitedReviewMode>(item),
            "ContextCompaction" => form::<ContextCompaction>(item),
            "HookPrompt" | "FunctionCallOutput" | "DynamicToolCall" | "CollabAgentToolCall" | "SubAgentActivity"
            | "Sleep" | "ImageGeneration" => other(item).map(Some),
            _ => Ok(None),
        }
    }
}

impl From<&ThreadItemKind> for CoreItem {
    fn from(item: &ThreadItemKind) -> Self {
        Self(match item {
            ThreadItemKind::UserMessage { id, client_id, content } => Form::UserMessage(UserMessage {
                id: id.clone(),
                client_id: client_id.clone(),
                content: content.iter().map(user_input::line).collect(),
            }),
            ThreadItemKind::AgentMessage { id, text, phase, memory_citation, .. } => Form::AgentMessage(AgentMessage {
                id: id.clone(),
                content: vec![AgentMessageContent::Text { text: text.clone() }],
                phase: *phase,
                memory_citation: memory_citation.clone().map(MemoryCitation::from),
            }),
            ThreadItemKind::Plan { id, text } => Form::Plan(Plan { id: id.clone(), text: text.clone() }),
            ThreadItemKind::Reasoning { id, summary, content } => Form::Reasoning(Reasoning {
                id: id.clone(),
                summary_text: summary.clone(),
                raw_content: content.clone(),
            }),
            ThreadItemKind::ContextCompaction { id } => Form::ContextCompaction(ContextCompaction { id: id.clone() }),
            ThreadItemKind::EnteredReviewMode { id, review } => Form::EnteredReviewMode(EnteredReviewMode {
                id: id.clone(),
                target: Value::Null,
                user_facing_hint: Some(review.clone()),
            }),
            other => super::core_tool::form(other).unwrap_or_else(|| Form::Other(generic(other))),
        })
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct UserMessage {
    id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    content: Vec<user_input::UserInputLine>,
}

impl UserMessage {
    /// The inputs in the wire's form.
    pub(super) fn inputs(&self) -> Vec<v2::UserInput> {
        self.content.iter().cloned().filter_map(user_input::wire).collect()
    }
}

impl From<UserMessage> for ThreadItemKind {
    fn from(message: UserMessage) -> Self {
        Self::UserMessage {
            id: message.id,
            client_id: message.client_id,
            content: message.content.into_iter().filter_map(user_input::wire).collect(),
        }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct AgentMessage {
    id: String,
    content: Vec<AgentMessageContent>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) phase: Option<v2::MessagePhase>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) memory_citation: Option<MemoryCitation>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(tag = "type")]
enum AgentMessageContent {
    Text {
        text: String,
    },
    #[serde(other)]
    Unknown,
}

impl AgentMessage {
    /// All text parts in one.
    pub(super) fn text(&self) -> String {
        self.content
            .iter()
            .map(|part| match part {
                AgentMessageContent::Text { text } => text.as_str(),
                AgentMessageContent::Unknown => "",
            })
            .collect()
    }
}

impl From<AgentMessage> for ThreadItemKind {
    fn from(message: AgentMessage) -> Self {
        agent_message(message.id.clone(), message.text(), message.phase, message.memory_citation)
    }
}

/// An agent message with what only lines tell of it.
pub(crate) fn agent_message(
    id: String,
    text: String,
    phase: Option<v2::MessagePhase>,
    memory_citation: Option<MemoryCitation>,
) -> ThreadItemKind {
    ThreadItemKind::AgentMessage {
        moderation: None,
        id,
        text,
        phase,
        memory_citation: memory_citation.map(Into::into),
        delivery: None,
        questions: None,
    }
}

/// What of the memories a message leans on.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(crate) struct MemoryCitation {
    #[serde(default)]
    entries: Vec<MemoryCitationEntry>,
    #[serde(default, alias = "thread_ids")]
    rollout_ids: Vec<String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
struct MemoryCitationEntry {
    path: String,
    line_start: u32,
    line_end: u32,
    note: String,
}

impl From<v2::MemoryCitation> for MemoryCitation {
    fn from(citation: v2::MemoryCitation) -> Self {
        let entries = citation.entries.into_iter().map(|entry| MemoryCitationEntry {
            path: entry.path,
            line_start: entry.line_start,
            line_end: entry.line_end,
            note: entry.note,
        });
        Self { entries: entries.collect(), rollout_ids: citation.thread_ids }
    }
}

impl From<MemoryCitation> for v2::MemoryCitation {
    fn from(citation: MemoryCitation) -> Self {
        let entries = citation.entries.into_iter().map(|entry| v2::MemoryCitationEntry {
            path: entry.path,
            line_start: entry.line_start,
            line_end: entry.line_end,
            note: entry.note,
        });
        Self { entries: entries.collect(), thread_ids: citation.rollout_ids }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Plan {
    id: String,
    text: String,
}

impl From<Plan> for ThreadItemKind {
    fn from(plan: Plan) -> Self {
        Self::Plan { id: plan.id, text: plan.text }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Reasoning {
    id: String,
    #[serde(default)]
    pub(super) summary_text: Vec<String>,
    #[serde(default)]
    pub(super) raw_content: Vec<String>,
}

impl From<Reasoning> for ThreadItemKind {
    fn from(reasoning: Reasoning) -> Self {
        Self::Reasoning { id: reasoning.id, summary: reasoning.summary_text, content: reasoning.raw_content }
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ContextCompaction {
    id: String,
}

impl From<ContextCompaction> for ThreadItemKind {
    fn from(compaction: ContextCompaction) -> Self {
        Self::ContextCompaction { id: compaction.id }
    }
}

/// The fields of the wire's item in snake_case under the CamelCase name of its kind.
fn generic(item: &ThreadItemKind) -> Value {
    let mut value = serde_json::to_value(item).unwrap_or_default();
    if let Some(Value::String(kind)) = value.get_mut("type") {
        *kind = camel(&format!("_{kind}"));
    }
    let Value::Object(object) = value else { return Value::Null };
    let fields = object.into_iter().filter(|(_, value)| !value.is_null());
    Value::Object(fields.map(|(key, value)| (super::snake::snake(&key), snake_case(&key, value))).collect())
}

/// The arguments of a call and a tool's content are the tool's own words: their keys stay.
fn snake_case(key: &str, value: Value) -> Value {
    match (key, value) {
        ("arguments" | "contentItems" | "output" | "agentsStates", value) => value,
        ("status", Value::String(status)) => Value::String(super::snake::snake(&status)),
        ("durationMs", value) => value,
        (_, value) => snake_keys(value),
    }
}

fn other(item: &RawValue) -> Result<ThreadItemKind, serde_json::Error> {
    let object: Map<String, Value> = serde_json::from_str(item.get())?;
    let mut fields: BTreeMap<String, Value> = BTreeMap::new();
    for (key, value) in object {
        match (key.as_str(), value) {
            ("type", Value::String(kind)) => {
                let mut letters = kind.chars();
                let first = letters.next().map(|c| c.to_ascii_lowercase());
                fields.insert(key, Value::String(first.into_iter().chain(letters).collect()));
            }
            ("arguments" | "content_items" | "output" | "agents_states", value) => {
                fields.insert(camel(&key), value);
            }
            ("status" | "tool" | "kind", Value::String(word)) => {
                // Tool names of clients keep their spelling; the reference's own words are snake_case.
                let known = key != "tool" || item.get().contains("\"CollabAgentToolCall\"");
                fields.insert(key, Value::String(if known { camel(&word) } else { word }));
            }
            ("duration", value) => {
                let millis = serde_json::from_value::<super::core_tool::Span>(value).ok().map(|span| span.millis());
                fields.insert("durationMs".to_owned(), millis.into());
            }
            (_, value) => {
                fields.insert(camel(&key), camel_keys(value));
            }
        }
    }
    serde_json::from_value(serde_json::to_value(fields)?)
}
