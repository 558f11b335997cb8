//! A completed item as lines spell it: CamelCase kinds, snake_case fields, and back to the wire's item.
//!
//! Kinds that no turn of this server makes yet travel as the wire's fields in snake_case ([`Form::Other`]).

use codex_app_server_protocol::v2::{self, ThreadItemKind};
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;
use serde_json::{Value, json};

use super::core_tool::{CommandExecution, FileChange, ImageView, McpToolCall, WebSearch};
use super::review::{EnteredReviewMode, ExitedReviewMode};
use super::{other_item, user_input};

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
    CommandExecution(Box<CommandExecution>),
    FileChange(FileChange),
    McpToolCall(Box<McpToolCall>),
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
            "HookPrompt"
            | "FunctionCallOutput"
            | "DynamicToolCall"
            | "CollabAgentToolCall"
            | "SubAgentActivity"
            | "Sleep"
            | "ImageGeneration" => other_item::wire(item).map(Some),
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
            ThreadItemKind::AgentMessage { moderation, id, text, phase, memory_citation, delivery, questions } => {
                Form::AgentMessage(AgentMessage {
                    id: id.clone(),
                    content: vec![AgentMessageContent::Text { text: text.clone() }],
                    phase: *phase,
                    memory_citation: memory_citation.clone().map(MemoryCitation::from),
                    delivery: *delivery,
                    questions: questions.clone(),
                    moderation: moderation.clone(),
                })
            }
            ThreadItemKind::Plan { id, text } => Form::Plan(Plan { id: id.clone(), text: text.clone() }),
            ThreadItemKind::Reasoning { id, summary, content } => Form::Reasoning(Reasoning {
                id: id.clone(),
                summary_text: summary.clone(),
                raw_content: content.clone(),
            }),
            ThreadItemKind::ContextCompaction { id } => Form::ContextCompaction(ContextCompaction { id: id.clone() }),
            ThreadItemKind::EnteredReviewMode { id, review } => Form::EnteredReviewMode(EnteredReviewMode {
                id: id.clone(),
                target: json!({ "type": "custom", "instructions": review }),
                user_facing_hint: Some(review.clone()),
            }),
            other => super::core_tool::form(other).unwrap_or_else(|| Form::Other(other_item::line(other))),
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
    #[serde(default, skip_serializing_if = "Option::is_none")]
    delivery: Option<v2::AgentMessageDelivery>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    questions: Option<Vec<v2::AsyncUserInputQuestion>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    moderation: Option<v2::AgentMessageModeration>,
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
        Self::AgentMessage {
            text: message.text(),
            moderation: message.moderation,
            id: message.id,
            phase: message.phase,
            memory_citation: message.memory_citation.map(Into::into),
            delivery: message.delivery,
            questions: message.questions,
        }
    }
}

/// What of the memories a message leans on.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct MemoryCitation {
    #[serde(default)]
    entries: Vec<v2::MemoryCitationEntry>,
    #[serde(default)]
    rollout_ids: Vec<String>,
}

impl From<v2::MemoryCitation> for MemoryCitation {
    fn from(citation: v2::MemoryCitation) -> Self {
        Self { entries: citation.entries, rollout_ids: citation.thread_ids }
    }
}

impl From<MemoryCitation> for v2::MemoryCitation {
    fn from(citation: MemoryCitation) -> Self {
        Self { entries: citation.entries, thread_ids: citation.rollout_ids }
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

#[cfg(test)]
mod tests {
    use std::collections::HashSet;
    use std::fs;

    use serde_json::value::to_raw_value;

    use super::*;

    #[test]
    fn items_come_back_from_lines_as_they_went() {
        let mut kinds = HashSet::new();
        for sample in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data")).unwrap() {
            let expected = fs::read(sample.unwrap().path().join("expected.json")).unwrap();
            let expected: Value = serde_json::from_slice(&expected).unwrap();
            for item in expected["turns"].as_array().unwrap().iter().flat_map(|turn| turn["items"].as_array().unwrap())
            {
                let wire: ThreadItemKind = serde_json::from_value(item.clone()).unwrap();
                let line = to_raw_value(&CoreItem::from(&wire)).unwrap();
                assert_eq!(CoreItem::read(&line).unwrap().as_ref(), Some(&wire), "{line}");
                kinds.insert(item["type"].as_str().unwrap().to_owned());
            }
        }
        assert!(kinds.len() >= 17, "samples are missing: {kinds:?}");
    }
}
