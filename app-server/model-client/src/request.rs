//! What the engine asks of a model: one sampling step, in terms no wire owns.

use std::sync::Arc;

use serde_json::value::RawValue;

/// One sampling step.
#[derive(Debug, Clone, Default)]
pub struct ModelRequest {
    /// The model's slug.
    pub model: String,
    /// Input items, each serialized once: the history only grows, the body is their concatenation.
    pub input: Vec<Arc<RawValue>>,
    /// Tools on offer; an empty list is sent as such.
    pub tools: Vec<Arc<RawValue>>,
    /// Whether several tools may be called at once.
    pub parallel_tool_calls: bool,
    /// What is asked about reasoning.
    pub reasoning: Option<ReasoningOptions>,
    /// The service tier's id.
    pub service_tier: Option<String>,
    /// How the text is to look.
    pub text: Option<TextOptions>,
    /// Names and values for the provider's records, in the order they are sent.
    pub client_metadata: Vec<(String, String)>,
    /// Who asks.
    pub identity: RequestIdentity,
}

/// What is asked about reasoning. What is `None` is left out.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize)]
pub struct ReasoningOptions {
    /// How hard to think.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effort: Option<String>,
    /// `auto`, `concise` or `detailed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// `all_turns` for models of the lite kind.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub context: Option<String>,
}

/// How the text is to look.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct TextOptions {
    /// `low`, `medium` or `high`.
    pub verbosity: Option<String>,
    /// The JSON Schema that the answer must meet.
    pub output_schema: Option<serde_json::Value>,
}

/// Who asks: goes into headers, and the thread's id also into `prompt_cache_key`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestIdentity {
    /// The thread's id.
    pub thread_id: String,
    /// The session's id.
    pub session_id: String,
    /// `THREAD:N`, N counting the compactions so far.
    pub window_id: String,
    /// The turn's metadata, a JSON text.
    pub turn_metadata: String,
    /// The client's name.
    pub originator: String,
    /// The whole `user-agent`.
    pub user_agent: String,
    /// The installation's id.
    pub installation_id: String,
    /// `review`, ... when a part of the engine asks on its own account.
    pub subagent: Option<String>,
    /// Where data must stay, such as `us`, when that is demanded; told to every provider.
    pub residency: Option<String>,
}

impl RequestIdentity {
    /// The usual [`ModelRequest::client_metadata`] for a step of the turn `turn_id`.
    pub fn client_metadata(&self, turn_id: &str, root_turn_id: &str) -> Vec<(String, String)> {
        [
            ("x-codex-installation-id", self.installation_id.as_str()),
            ("turn_id", turn_id),
            ("root_turn_id", root_turn_id),
            ("session_id", &self.session_id),
            ("x-codex-window-id", &self.window_id),
            ("thread_id", &self.thread_id),
            ("x-codex-turn-metadata", &self.turn_metadata),
        ]
        .into_iter()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
    }
}
