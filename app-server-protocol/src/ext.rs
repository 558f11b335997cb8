//! Extensions: what this server can do beyond the wire of the reference, each only for connections that ask for it.
//!
//! A client names what it wants in `capabilities.extensions` of `initialize`; the answer names what it got. Own methods
//! begin with `ext/`. What must hold: a connection that asks for none sees no trace of them, in no message and in no
//! compatible export.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::v2::ThreadResumeResponse;

/// The longest `idempotencyKey`, in bytes.
pub const MAX_KEY_BYTES: usize = 256;

/// An extension, by the name that clients ask for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Extension {
    /// Notifications of threads carry a `cursor` beside `emittedAtMs`; `ext/thread/replay` brings what came after one.
    Replay,
    /// A request may carry an `idempotencyKey` beside `method`: the same key brings the first result again.
    Idempotency,
    /// What is dropped or passed over in silence is answered with an error that names the place.
    Strict,
    /// `ext/turn/waiting` tells what a silent turn waits for.
    Heartbeat,
    /// Questions of a turn count as refused when they are not answered in time.
    QuestionLimit,
}

impl Extension {
    /// All of them.
    pub const ALL: &'static [Self] =
        &[Self::Replay, Self::Idempotency, Self::Strict, Self::Heartbeat, Self::QuestionLimit];

    /// The name that clients ask for.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Replay => "open-app-server/replay",
            Self::Idempotency => "open-app-server/idempotency",
            Self::Strict => "open-app-server/strict",
            Self::Heartbeat => "open-app-server/heartbeat",
            Self::QuestionLimit => "open-app-server/question-limit",
        }
    }

    /// Whether an `idempotencyKey` counts for requests of this method.
    #[must_use]
    pub fn counts_keys(method: &str) -> bool {
        matches!(method, "thread/start" | "turn/start")
    }

    /// Whether it concerns how requests are written as lines, so that it means nothing where they are none.
    #[must_use]
    pub fn is_about_lines(self) -> bool {
        matches!(self, Self::Idempotency | Self::Strict)
    }

    /// The extension that a method belongs to; `None` for methods of the reference.
    #[must_use]
    pub fn of_method(method: &str) -> Option<Self> {
        match method {
            "ext/thread/replay" => Some(Self::Replay),
            "ext/turn/waiting" => Some(Self::Heartbeat),
            _ => None,
        }
    }
}

/// Settings of [`Extension::QuestionLimit`], as a client asks for them and as they are granted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct QuestionLimit {
    /// Milliseconds after which a question to this client counts as refused by it. At least one.
    pub limit_ms: u64,
}

impl QuestionLimit {
    /// Reads the settings of a client.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn from_settings(settings: &Value) -> Result<Self, String> {
        match Self::deserialize(settings) {
            Ok(Self { limit_ms: 0 }) => Err("limitMs must be at least 1".to_owned()),
            other => other.map_err(|error| error.to_string()),
        }
    }
}

/// Params of `ext/thread/replay`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadReplayParams {
    /// The thread.
    pub thread_id: String,
    /// The cursor of the last notification of the thread that the client has; absent or null when it has none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub after: Option<String>,
}

/// Result of `ext/thread/replay`. The caller is subscribed to the thread from here on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadReplayResponse {
    /// How the gap is closed.
    pub outcome: ThreadReplayOutcome,
    /// How many missed notifications of the thread follow this answer, before any later one; those that the connection
    /// has opted out of are counted, but not sent. 0 with a snapshot.
    pub missed: u64,
    /// The thread as it is, when what was missed is not kept any more; else null.
    pub snapshot: Option<Box<ThreadResumeResponse>>,
}

/// How a gap is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ThreadReplayOutcome {
    /// What was missed follows, in order and without a gap.
    Replayed,
    /// What was missed is too old: the answer holds the thread with all its turns. Items of the running turn that have
    /// begun stand in it with what they have said so far; what follows goes on from there.
    Snapshot,
}

/// Params of `ext/turn/waiting`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct TurnWaitingNotification {
    /// The thread.
    pub thread_id: String,
    /// The turn.
    pub turn_id: String,
    /// What it waits for.
    pub waits_for: TurnWaitsFor,
    /// For how many milliseconds nothing was told of the turn.
    pub silent_ms: u64,
}

/// What a silent turn waits for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum TurnWaitsFor {
    /// An answer of the model, or more of it.
    Model,
    /// A command or another tool.
    Tool,
    /// An answer of a person to a question of the server.
    Human,
    /// The network: the model cannot be reached and is tried again.
    Network,
}
