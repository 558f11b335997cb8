//! What a file tells of its thread besides the turns: session metadata, preview, the last settings and token usage.

use std::path::Path;
use std::time::SystemTime;

use codex_app_server_protocol::{AbsolutePathBuf, ReasoningEffort, v2};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use super::lines::Head;
use crate::line::{TokenCountInfo, session_source_of};

/// A `session_meta` line. Whatever does not have its usual shape counts as absent, but the thread's id.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct SessionMetaLine {
    pub(crate) id: String,
    #[serde(default)]
    session_id: Value,
    #[serde(default)]
    forked_from_id: Value,
    #[serde(default)]
    timestamp: Value,
    #[serde(default)]
    cwd: Value,
    #[serde(default)]
    originator: Value,
    #[serde(default)]
    cli_version: Value,
    #[serde(default)]
    source: Value,
    #[serde(default)]
    thread_source: Value,
    #[serde(default)]
    agent_nickname: Value,
    #[serde(default)]
    agent_role: Value,
    #[serde(default)]
    model_provider: Value,
    #[serde(default)]
    history_mode: Value,
    #[serde(default)]
    history_base: Value,
    #[serde(default)]
    git: Value,
}

/// Where a fork or a reverted thread goes on from.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct BaseLink {
    pub(crate) thread_id: String,
    pub(crate) end_byte_offset: u64,
    #[serde(default)]
    pub(crate) end_ordinal_exclusive: Option<u64>,
}

impl SessionMetaLine {
    pub(crate) fn paginated(&self) -> bool {
        self.history_mode == "paginated"
    }

    pub(crate) fn history_base(&self) -> Option<BaseLink> {
        BaseLink::deserialize(&self.history_base).ok()
    }
}

/// What was gathered of a thread.
#[derive(Clone, Debug)]
pub(crate) struct Summary {
    pub(crate) meta: SessionMetaLine,
    /// The time of the line that carried the metadata.
    pub(crate) line_timestamp: String,
    /// Whether that line has a number.
    has_ordinal: bool,
    /// The text of the first user message, once one was seen.
    pub(crate) preview: Option<String>,
    pub(crate) model: Option<String>,
    pub(crate) effort: Option<ReasoningEffort>,
    pub(crate) usage: Option<v2::ThreadTokenUsage>,
}

impl Summary {
    pub(crate) fn new(meta: SessionMetaLine, line: &Head<'_>) -> Self {
        let (line_timestamp, has_ordinal) = (line.timestamp.clone().into_owned(), line.ordinal.is_some());
        Self { meta, line_timestamp, has_ordinal, preview: None, model: None, effort: None, usage: None }
    }

    /// Whether the thread's lines are numbered, so that it can be paged.
    pub(crate) fn is_numbered(&self) -> bool {
        self.meta.paginated() && self.has_ordinal
    }

    /// Takes a `turn_context` line.
    pub(crate) fn turn_context(&mut self, payload: &RawValue) -> Result<(), serde_json::Error> {
        #[derive(Deserialize)]
        struct TurnContext {
            model: Option<String>,
            effort: Option<ReasoningEffort>,
        }
        let context: TurnContext = serde_json::from_str(payload.get())?;
        self.model = context.model.or(self.model.take());
        self.effort = context.effort;
        Ok(())
    }

    /// Takes a `token_count` event.
    pub(crate) fn token_count(&mut self, payload: &RawValue) -> Result<(), serde_json::Error> {
        #[derive(Deserialize)]
        struct TokenCount {
            info: Option<TokenCountInfo>,
        }
        let count: TokenCount = serde_json::from_str(payload.get())?;
        if let Some(info) = count.info {
            self.usage = Some(info.into());
        }
        Ok(())
    }

    /// Takes a user message; the first that shows anything is the preview.
    pub(crate) fn user_message(&mut self, text: &str, has_image: bool) {
        let request = text.split_once(REQUEST).map_or(text, |(_, request)| request).trim();
        self.preview = match (request.is_empty(), has_image) {
            (false, _) => Some(request.to_owned()),
            (true, true) => Some("[Image]".to_owned()),
            (true, false) => None,
        };
    }

    /// Takes the time of creation from an older file of the same thread.
    pub(crate) fn created_with(&mut self, older: &Self) {
        self.meta.timestamp = older.meta.timestamp.clone();
        self.line_timestamp.clone_from(&older.line_timestamp);
    }

    /// When the thread was created, in milliseconds since 1970.
    pub(crate) fn created_ms(&self) -> i64 {
        let moment = |text: &str| text.parse::<jiff::Timestamp>().ok();
        let created = self.meta.timestamp.as_str().and_then(moment).or_else(|| moment(&self.line_timestamp));
        created.map_or(0, |moment| moment.as_millisecond())
    }

    /// The thread without turns and name.
    pub(crate) fn thread(&self, path: &Path, modified: SystemTime) -> Option<v2::Thread> {
        let meta = &self.meta;
        let text = |value: &Value| value.as_str().map(str::to_owned);
        let updated_at = seconds(modified);
        let source = session_source_of(&meta.source);
        Some(v2::Thread {
            id: meta.id.clone(),
            environments: None,
            extra: None,
            session_id: text(&meta.session_id).unwrap_or_else(|| meta.id.clone()),
            forked_from_id: text(&meta.forked_from_id),
            attached_to_thread_id: None,
            parent_thread_id: None,
            preview: self.preview.clone().unwrap_or_default(),
            ephemeral: false,
            section: None,
            section_entered_at: None,
            project_id: None,
            history_mode: if meta.paginated() {
                v2::ThreadHistoryMode::Paginated
            } else {
                v2::ThreadHistoryMode::Legacy
            },
            model_provider: text(&meta.model_provider).unwrap_or_default(),
            model: self.model.clone(),
            reasoning_effort: self.effort.clone(),
            created_at: self.created_ms().div_euclid(1000),
            updated_at,
            recency_at: Some(updated_at),
            status: v2::ThreadStatus::NotLoaded,
            path: Some(path.to_string_lossy().into_owned()),
            cwd: meta.cwd.as_str().and_then(AbsolutePathBuf::new).or_else(|| AbsolutePathBuf::new(ROOT))?,
            cli_version: text(&meta.cli_version).unwrap_or_default(),
            originator: text(&meta.originator),
            agent_nickname: text(&meta.agent_nickname).or_else(|| spawned(&source)?.0.clone()),
            agent_role: text(&meta.agent_role).or_else(|| spawned(&source)?.1.clone()),
            source,
            can_accept_direct_input: None,
            thread_source: text(&meta.thread_source).map(Into::into),
            git_info: meta.git.as_object().map(|git| v2::GitInfo {
                sha: git.get("commit_hash").and_then(text),
                branch: git.get("branch").and_then(text),
                origin_url: git.get("repository_url").and_then(text),
            }),
            name: None,
            daybreak_enabled: None,
            turns: Vec::new(),
        })
    }
}

/// The name and the role that an agent was given by the one that began it.
fn spawned(source: &v2::SessionSource) -> Option<(&Option<String>, &Option<String>)> {
    match source {
        v2::SessionSource::SubAgent(v2::SubAgentSource::ThreadSpawn { agent_nickname, agent_role, .. }) => {
            Some((agent_nickname, agent_role))
        }
        _ => None,
    }
}

/// Stands for a working folder that a foreign file does not tell.
const ROOT: &str = if cfg!(windows) { "C:\\" } else { "/" };

/// Clients that put context before the user's words mark where these begin.
const REQUEST: &str = "## My request for Codex:";

/// Whole seconds since 1970.
fn seconds(moment: SystemTime) -> i64 {
    jiff::Timestamp::try_from(moment).map_or(0, |moment| moment.as_second())
}

/// Whole milliseconds since 1970.
pub(crate) fn millis(moment: SystemTime) -> i64 {
    jiff::Timestamp::try_from(moment).map_or(0, |moment| moment.as_millisecond())
}
