//! The events of legacy threads that stand for items.

use codex_app_server_protocol::v2::{self, ThreadItem, ThreadItemKind};
use serde::Deserialize;
use serde_json::Value;

use super::turns::Turns;
use crate::line::{
    CoreItem, EnteredReviewMode, ExitedReviewMode, FileChange, McpToolCallEnd, MemoryCitation, TextElement, WebSearch,
};

#[derive(Deserialize)]
struct UserMessage {
    message: String,
    #[serde(default)]
    client_id: Option<String>,
    #[serde(default)]
    images: Option<Vec<String>>,
    #[serde(default)]
    local_images: Vec<String>,
    #[serde(default)]
    audio: Vec<String>,
    #[serde(default)]
    local_audio: Vec<String>,
    #[serde(default)]
    text_elements: Vec<TextElement>,
}

#[derive(Deserialize)]
struct AgentMessage {
    message: String,
    #[serde(default)]
    phase: Option<v2::MessagePhase>,
    #[serde(default)]
    memory_citation: Option<MemoryCitation>,
}

#[derive(Deserialize)]
struct AgentReasoning {
    text: String,
}

/// Which list of a reasoning item a text goes to.
#[derive(Clone, Copy)]
enum ReasoningPart {
    Summary,
    Content,
}

/// The turn an event names, for those that do.
#[derive(Deserialize)]
struct NamedTurn {
    #[serde(default)]
    turn_id: Option<String>,
}

#[derive(Deserialize)]
struct RolledBack {
    num_turns: usize,
}

impl Turns {
    /// Takes an event of a legacy thread. `Ok(false)` when it is a kind that says nothing about turns.
    pub(super) fn legacy_event(&mut self, kind: &str, json: &str, line: usize) -> Result<bool, serde_json::Error> {
        match kind {
            "user_message" => self.user_message(serde_json::from_str(json)?, line),
            "agent_message" => {
                let message: AgentMessage = serde_json::from_str(json)?;
                if !message.message.is_empty() {
                    self.agent_message(message, line);
                }
            }
            "agent_reasoning" | "agent_reasoning_raw_content" => {
                let reasoning: AgentReasoning = serde_json::from_str(json)?;
                let summary = kind == "agent_reasoning";
                let part = if summary { ReasoningPart::Summary } else { ReasoningPart::Content };
                self.reasoning(part, reasoning.text, line);
            }
            "context_compacted" => {
                let id = self.item_id();
                self.item(ThreadItemKind::ContextCompaction { id }, None, line);
            }
            "patch_apply_end" => {
                let change: FileChange = serde_json::from_str(json)?;
                self.item(change.into(), turn_of(json)?, line);
            }
            "web_search_end" => {
                let search: WebSearch = serde_json::from_str(json)?;
                self.item(search.into(), None, line);
            }
            "mcp_tool_call_end" => {
                let call: McpToolCallEnd = serde_json::from_str(json)?;
                self.item(call.into(), turn_of(json)?, line);
            }
            "image_generation_end" => self.image_generation(json, line)?,
            "entered_review_mode" => {
                let review: EnteredReviewMode = serde_json::from_str(&self.with_item_id(json)?)?;
                self.item(review.into(), turn_of(json)?, line);
            }
            "exited_review_mode" => {
                let review: ExitedReviewMode = serde_json::from_str(&self.with_item_id(json)?)?;
                self.item(review.into(), turn_of(json)?, line);
            }
            "thread_rolled_back" => {
                let rolled_back: RolledBack = serde_json::from_str(json)?;
                self.drop_last(rolled_back.num_turns);
            }
            _ => return Ok(false),
        }
        Ok(true)
    }

    fn user_message(&mut self, message: UserMessage, line: usize) {
        if self.current.is_some_and(|index| self.opened_by_items(index)) {
            self.close_current();
        }
        let id = self.item_id();
        let client_id = message.client_id.clone();
        self.item(ThreadItemKind::UserMessage { id, client_id, content: message.inputs() }, None, line);
    }

    fn agent_message(&mut self, message: AgentMessage, line: usize) {
        let item = ThreadItemKind::AgentMessage {
            moderation: None,
            id: self.item_id(),
            text: message.message,
            phase: message.phase,
            memory_citation: message.memory_citation.map(Into::into),
            delivery: None,
            questions: None,
        };
        self.item(item, None, line);
    }

    /// Reasoning texts that follow each other are one item.
    fn reasoning(&mut self, part: ReasoningPart, text: String, line: usize) {
        if text.is_empty() {
            return;
        }
        let open = self.current.and_then(|index| self.turns[index].turn.items.last_mut());
        if let Some(ThreadItem { kind: ThreadItemKind::Reasoning { summary, content, .. }, .. }) = open {
            match part {
                ReasoningPart::Summary => summary.push(text),
                ReasoningPart::Content => content.push(text),
            }
            return;
        }
        let id = self.item_id();
        let (summary, content) = match part {
            ReasoningPart::Summary => (vec![text], Vec::new()),
            ReasoningPart::Content => (Vec::new(), vec![text]),
        };
        self.item(ThreadItemKind::Reasoning { id, summary, content }, None, line);
    }

    fn image_generation(&mut self, json: &str, line: usize) -> Result<(), serde_json::Error> {
        let mut event: serde_json::Map<String, Value> = serde_json::from_str(json)?;
        event.insert("type".to_owned(), "ImageGeneration".into());
        let id = event.shift_remove("call_id").unwrap_or_default();
        event.insert("id".to_owned(), id);
        let item = serde_json::value::to_raw_value(&event)?;
        if let Some(item) = CoreItem::read(&item)? {
            self.item(item, None, line);
        }
        Ok(())
    }

    /// The event with an id for its item, where it has none of its own.
    fn with_item_id(&mut self, json: &str) -> Result<String, serde_json::Error> {
        let mut event: serde_json::Map<String, Value> = serde_json::from_str(json)?;
        if !event.contains_key("item_id") {
            event.insert("item_id".to_owned(), self.item_id().into());
        }
        serde_json::to_string(&event)
    }

    fn item_id(&mut self) -> String {
        let id = format!("item-{}", self.next_item);
        self.next_item += 1;
        id
    }

    /// Puts an item into the turn it names, else into the open one, else into a new one that is named after the line.
    fn item(&mut self, kind: ThreadItemKind, turn_id: Option<String>, line: usize) {
        let named = turn_id.as_ref().and_then(|id| self.find(id));
        let index = match (named, self.current) {
            (Some(index), _) | (None, Some(index)) => index,
            (None, None) => {
                let id = turn_id.unwrap_or_else(|| format!("rollout-{line}"));
                let index = self.turn(id, v2::TurnStatus::Completed);
                self.current = Some(index);
                index
            }
        };
        self.put(index, ThreadItem { kind, started_at_ms: None, completed_at_ms: None });
    }
}

/// What a `user_message` event says, in the wire's form.
pub(super) fn user_inputs(json: &str) -> Result<Vec<v2::UserInput>, serde_json::Error> {
    serde_json::from_str::<UserMessage>(json).map(UserMessage::inputs)
}

fn turn_of(json: &str) -> Result<Option<String>, serde_json::Error> {
    let named: NamedTurn = serde_json::from_str(json)?;
    Ok(named.turn_id.filter(|id| !id.is_empty()))
}

impl UserMessage {
    fn inputs(self) -> Vec<v2::UserInput> {
        let mut content = Vec::new();
        if !self.message.trim().is_empty() {
            let text_elements = self.text_elements.into_iter().map(Into::into).collect();
            content.push(v2::UserInput::Text { text: self.message, text_elements });
        }
        let images = self.images.unwrap_or_default().into_iter();
        let image = |url| v2::UserInput::Image { source: v2::ImageReference::Url { url }, detail: None };
        content.extend(images.map(image));
        let local = self.local_images.into_iter();
        content.extend(local.map(|path| v2::UserInput::LocalImage { detail: None, path }));
        let audio = |url| v2::UserInput::Audio { source: v2::AudioReference::Url { url } };
        content.extend(self.audio.into_iter().map(audio));
        content.extend(self.local_audio.into_iter().map(|path| v2::UserInput::LocalAudio { path }));
        content
    }
}
