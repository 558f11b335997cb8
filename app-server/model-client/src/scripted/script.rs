//! The script as a file: what can be written, and where a mistake is.

use std::path::{Path, PathBuf};

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize};
use serde_json::Value;

/// What the scripted model answers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Script {
    /// The pace of answers that name none.
    #[serde(default, skip_serializing_if = "Pace::is_unset")]
    pub pace: Pace,
    /// The answer when the others are used up; without it the last one is repeated.
    #[serde(default, deserialize_with = "default_answer", skip_serializing_if = "Option::is_none")]
    pub default: Option<Answer>,
    /// The answers, in order.
    #[serde(default, rename = "answer", deserialize_with = "top_answers", skip_serializing_if = "Vec::is_empty")]
    pub answers: Vec<Answer>,
}

/// How fast text comes.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Pace {
    /// Length of a delta, in characters.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delta_chars: Option<usize>,
    /// The pause before each delta, in milliseconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
}

impl Pace {
    fn is_unset(&self) -> bool {
        *self == Self::default()
    }

    /// Takes from `other` what is not said here.
    pub(crate) fn or(self, other: Self) -> Self {
        Self { delta_chars: self.delta_chars.or(other.delta_chars), delay_ms: self.delay_ms.or(other.delay_ms) }
    }
}

/// One answer. The short forms come in the order `reasoning`, `text`, `calls`, `custom_calls`, then `items`.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Answer {
    /// Answers every message that holds this text, upper and lower case alike. Without it, the answer is given once,
    /// in its turn. In a [`Self::then`]: the answer is passed over unless what the tool brought holds this text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub when: Option<String>,
    /// In a [`Self::then`] only: the answer is passed over unless the command ended with this code.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub exit: Option<i32>,
    /// For readers of a recorded script: what had been asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub asked: Option<String>,
    /// Placeholders are left as they are.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub literal: bool,
    /// The pause before anything comes, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_ms: Option<u64>,
    /// Length of a delta, in characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delta_chars: Option<usize>,
    /// The pause before each delta, in milliseconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delay_ms: Option<u64>,
    /// Parts of a reasoning summary.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reasoning: Vec<String>,
    /// A message.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// How often the text is said, one after the other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repeat: Option<u64>,
    /// The header `openai-model`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub model: Option<String>,
    /// The id of the response.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub response_id: Option<String>,
    /// `false`: asks to be asked again.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_turn: Option<bool>,
    /// How the stream ends.
    #[serde(skip_serializing_if = "Ending::is_complete")]
    pub end: Ending,
    /// An HTTP status in place of a stream.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub refuse: Option<Refused>,
    /// The tokens used; what is absent is estimated from lengths.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usage: Option<ScriptUsage>,
    /// Tool calls.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub calls: Vec<Call>,
    /// Calls of tools that take free text.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub custom_calls: Vec<CustomCall>,
    /// Items of any kind, in order.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub items: Vec<Item>,
    /// The answers to what the tools called here bring, in order; those whose conditions do not hold are passed over.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub then: Vec<Answer>,
}

impl Answer {
    /// A message and nothing else.
    pub fn text(text: impl Into<String>) -> Self {
        Self { text: Some(text.into()), ..Self::default() }
    }

    pub(crate) fn has_calls(&self) -> bool {
        !self.calls.is_empty()
            || !self.custom_calls.is_empty()
            || self.items.iter().any(|item| matches!(item.content, ItemContent::Call(_) | ItemContent::Custom(_)))
    }
}

/// Answers that messages of the user are answered with, where there is no command whose exit could be asked for.
fn top_answers<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Answer>, D::Error> {
    let answers = Vec::<Answer>::deserialize(deserializer)?;
    match answers.iter().any(|answer| answer.exit.is_some()) {
        true => Err(D::Error::custom(EXIT_OUTSIDE_THEN)),
        false => Ok(answers),
    }
}

fn default_answer<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Answer>, D::Error> {
    let answer = Option::<Answer>::deserialize(deserializer)?;
    match &answer {
        Some(Answer { exit: Some(_), .. }) => Err(D::Error::custom(EXIT_OUTSIDE_THEN)),
        _ => Ok(answer),
    }
}

const EXIT_OUTSIDE_THEN: &str = "`exit` belongs to the answers in a `then`";

/// How a stream ends. When not as it should, a message that comes last is left half-said: its deltas come, but it is
/// never completed.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Ending {
    /// As it should.
    #[default]
    Complete,
    /// It breaks off.
    Cut,
    /// It is silent for as long as the provider's idle timeout allows.
    Hang,
    /// The model gives up.
    Fail(Failed),
    /// The answer is cut short, for this reason.
    Incomplete(String),
}

impl Ending {
    fn is_complete(&self) -> bool {
        *self == Self::Complete
    }
}

/// What a failed response says.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Failed {
    /// E.g. `context_length_exceeded`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// The sentence.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
}

/// An HTTP status in place of a stream.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Refused {
    /// 400 to 599.
    pub status: u16,
    /// `error.code` of the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// `error.type` of the body.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// `error.message` of the body.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub message: Option<String>,
    /// The header `retry-after`, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after: Option<u64>,
}

/// Tokens used.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScriptUsage {
    /// Of the input.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub input: Option<i64>,
    /// Of the input, from a cache.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cached: Option<i64>,
    /// Of the input, into a cache.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cache_write: Option<i64>,
    /// Of the answer.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub output: Option<i64>,
    /// Of the reasoning.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reasoning: Option<i64>,
    /// Of all; input and output when absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub total: Option<i64>,
    /// The response says nothing about usage.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub none: bool,
}

/// A call of a function tool.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Call {
    /// The tool's name.
    pub name: String,
    /// Its namespace.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub namespace: Option<String>,
    /// What the output refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_id: Option<String>,
    /// A table, or the text that the model would write (which need not be JSON).
    #[serde(default)]
    pub arguments: Value,
}

/// A call of a tool that takes free text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CustomCall {
    /// The tool's name.
    pub name: String,
    /// What the output refers to.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub call_id: Option<String>,
    /// The text.
    #[serde(default)]
    pub input: String,
}

/// One item of an answer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "ItemFields", into = "ItemFields")]
pub struct Item {
    /// What it is.
    pub content: ItemContent,
    /// Its id; counted when absent.
    pub id: Option<String>,
    /// How fast it comes.
    pub pace: Pace,
}

/// What an item is.
#[derive(Debug, Clone, PartialEq)]
pub enum ItemContent {
    /// A message.
    Message {
        /// The whole text; the deltas joined when absent.
        text: Option<String>,
        /// `commentary` or `final_answer`.
        phase: Option<String>,
        /// The deltas; the text cut by the pace when empty.
        deltas: Vec<String>,
        /// The pause before each delta, in milliseconds; the pace where it is too short.
        delays_ms: Vec<u64>,
        /// How often all of it is said.
        repeat: u64,
    },
    /// Reasoning.
    Reasoning {
        /// The parts of the summary.
        summary: Vec<String>,
        /// The parts of the reasoning itself.
        content: Vec<String>,
        /// For the provider's eyes.
        encrypted: Option<String>,
    },
    /// A tool call.
    Call(Call),
    /// A call of a tool that takes free text.
    Custom(CustomCall),
    /// Any item, as JSON.
    Raw(Value),
}

#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct ItemFields {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delta_chars: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    delay_ms: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repeat: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    encrypted: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    text: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    deltas: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    delays_ms: Vec<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    reasoning: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    reasoning_content: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    call: Option<Call>,
    #[serde(skip_serializing_if = "Option::is_none")]
    custom_call: Option<CustomCall>,
    /// JSON as a text, since TOML has no null.
    #[serde(skip_serializing_if = "Option::is_none")]
    raw: Option<String>,
}

impl TryFrom<ItemFields> for Item {
    type Error = String;

    fn try_from(fields: ItemFields) -> Result<Self, String> {
        let ItemFields { id, phase, delta_chars, delay_ms, repeat, encrypted, text, deltas, delays_ms, .. } = fields;
        let is_message = text.is_some() || !deltas.is_empty();
        let is_reasoning = fields.reasoning.is_some() || !fields.reasoning_content.is_empty();
        let kinds = [
            ("text", is_message),
            ("reasoning", is_reasoning),
            ("call", fields.call.is_some()),
            ("custom_call", fields.custom_call.is_some()),
            ("raw", fields.raw.is_some()),
        ];
        let found: Vec<&str> = kinds.iter().filter(|(_, given)| *given).map(|(name, _)| *name).collect();
        if found.len() != 1 {
            let found = if found.is_empty() { "none of them".to_owned() } else { found.join(" and ") };
            return Err(format!(
                "an item is one of: text (or deltas), reasoning, call, custom_call, raw; here is {found}"
            ));
        }
        for (name, given) in
            [("phase", phase.is_some()), ("repeat", repeat.is_some()), ("delays_ms", !delays_ms.is_empty())]
        {
            if given && !is_message {
                return Err(format!("`{name}` belongs to items with text"));
            }
        }
        if encrypted.is_some() && !is_reasoning {
            return Err("`encrypted` belongs to items with reasoning".to_owned());
        }
        let content = if is_message {
            ItemContent::Message { text, phase, deltas, delays_ms, repeat: repeat.unwrap_or(1) }
        } else if let Some(call) = fields.call {
            ItemContent::Call(call)
        } else if let Some(call) = fields.custom_call {
            ItemContent::Custom(call)
        } else if let Some(raw) = fields.raw {
            let value: Value = serde_json::from_str(&raw).map_err(|error| format!("`raw` is not JSON: {error}"))?;
            if !value["type"].is_string() {
                return Err("`raw` needs a `type`".to_owned());
            }
            ItemContent::Raw(value)
        } else {
            let summary = fields.reasoning.unwrap_or_default();
            ItemContent::Reasoning { summary, content: fields.reasoning_content, encrypted }
        };
        Ok(Self { content, id, pace: Pace { delta_chars, delay_ms } })
    }
}

impl From<Item> for ItemFields {
    fn from(item: Item) -> Self {
        let mut fields =
            Self { id: item.id, delta_chars: item.pace.delta_chars, delay_ms: item.pace.delay_ms, ..Self::default() };
        match item.content {
            ItemContent::Message { text, phase, deltas, delays_ms, repeat } => {
                fields.repeat = (repeat != 1).then_some(repeat);
                (fields.text, fields.phase, fields.deltas, fields.delays_ms) = (text, phase, deltas, delays_ms);
            }
            ItemContent::Reasoning { summary, content, encrypted } => {
                fields.reasoning = Some(summary);
                (fields.reasoning_content, fields.encrypted) = (content, encrypted);
            }
            ItemContent::Call(call) => fields.call = Some(call),
            ItemContent::Custom(call) => fields.custom_call = Some(call),
            ItemContent::Raw(value) => fields.raw = Some(value.to_string()),
        }
        fields
    }
}

/// Why a script cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ScriptError {
    /// The file cannot be read.
    #[error("the script {} cannot be read: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What the system said.
        source: std::io::Error,
    },
    /// The text is not a script.
    #[error("{}:{line}:{column}: {message}", path.display())]
    Parse {
        /// The file.
        path: PathBuf,
        /// From 1.
        line: usize,
        /// From 1, in characters for TOML and bytes for JSON.
        column: usize,
        /// What is wrong there.
        message: String,
    },
}

impl Default for Script {
    /// The built-in script.
    fn default() -> Self {
        // A test reads it, so an empty one is never taken.
        Self::parse_toml(include_str!("default.toml"), Path::new("default.toml")).unwrap_or(Self::new(Vec::new()))
    }
}

impl Script {
    /// A script of answers in code.
    pub fn new(answers: Vec<Answer>) -> Self {
        Self { pace: Pace::default(), default: None, answers }
    }

    /// Reads a script: JSON when the name ends in `.json`, TOML otherwise.
    pub fn load(path: &Path) -> Result<Self, ScriptError> {
        let text =
            std::fs::read_to_string(path).map_err(|source| ScriptError::Read { path: path.to_owned(), source })?;
        let is_json = path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("json"));
        if is_json { Self::parse_json(&text, path) } else { Self::parse_toml(&text, path) }
    }

    /// Reads TOML; `path` is for messages.
    pub fn parse_toml(text: &str, path: &Path) -> Result<Self, ScriptError> {
        toml::from_str(text).map_err(|error| {
            let before = error.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            ScriptError::Parse {
                path: path.to_owned(),
                line: before.matches('\n').count() + 1,
                column: before.rsplit('\n').next().unwrap_or_default().chars().count() + 1,
                message: error.message().trim_end().to_owned(),
            }
        })
    }

    /// Reads JSON; `path` is for messages.
    pub fn parse_json(text: &str, path: &Path) -> Result<Self, ScriptError> {
        serde_json::from_str(text).map_err(|error| {
            let message = error.to_string();
            let position = format!(" at line {} column {}", error.line(), error.column());
            ScriptError::Parse {
                path: path.to_owned(),
                line: error.line(),
                column: error.column(),
                message: message.strip_suffix(&position).unwrap_or(&message).to_owned(),
            }
        })
    }

    /// The script as TOML, to be read again.
    pub fn to_toml(&self) -> Result<String, toml::ser::Error> {
        toml::to_string_pretty(self)
    }
}
