//! One turn: from what the user says to the model's last word.
//!
//! The work of a turn is a task of its own. It ends when the turn is complete, failed or told to stop, and says how; the
//! thread's actor tells the clients.

mod calls;
mod compact;
mod control;
pub(crate) mod failure;
mod inject;
mod input;
mod items;
mod open;
mod request;
mod run;
mod stream;

use std::sync::{Mutex, MutexGuard, PoisonError};

use codex_app_server_protocol::v2::{self, TokenUsageBreakdown, Turn, TurnError, TurnItemsView, TurnStatus};
use serde_json::Value;
use tokio::time::Instant;

pub(crate) use control::{Control, Message};
pub(crate) use inject::inject;
pub(crate) use input::{ImageProblem, preview, read_image, shows_an_image};
pub(crate) use open::settings_line;
pub(crate) use run::{Ending, Opening, record_pending, run};

use crate::models::ModelFacts;
use crate::settings::Settings;
use crate::thread::conversation::no_tokens;
use crate::tools::TurnState;

/// One turn, as the actor and its work share it.
pub(crate) struct TurnFacts {
    pub(crate) id: String,
    /// The turn that caused it; itself when no other did.
    pub(crate) root_id: String,
    pub(crate) parent_id: Option<String>,
    /// What set it off, in the client's words.
    pub(crate) trigger: Option<String>,
    pub(crate) kind: TurnKind,
    pub(crate) started_at_ms: i64,
    pub(crate) settings: Settings,
    pub(crate) model: ModelFacts,
    pub(crate) output_schema: Option<Value>,
    /// Whether the settings are to be written down with this turn.
    pub(crate) settings_line: SettingsLine,
    pub(crate) control: Control,
    pub(crate) progress: Mutex<Progress>,
    /// What the tools of the turn share.
    pub(crate) tools: TurnState,
}

/// What a turn is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TurnKind {
    /// The model works on what the user says.
    Regular,
    /// A command of the user runs.
    UserShell,
    /// The history is compacted.
    Compact,
}

/// Where a turn's opening lines tell of the settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SettingsLine {
    /// Nowhere: they are as before.
    None,
    /// After the turn's context: the first time.
    First,
    /// Before the turn: they changed.
    Changed,
}

/// What a turn has brought so far.
pub(crate) struct Progress {
    /// When the model first said something.
    pub(crate) first_token_ms: Option<i64>,
    pub(crate) usage: TokenUsageBreakdown,
    /// How many of the turn's tokens have been looked at for the thread's goal, and when.
    pub(crate) goal_counted: (i64, Instant),
}

/// How the work of a turn ended.
#[derive(Debug)]
pub(crate) enum Outcome {
    Completed,
    Interrupted,
    Failed(Box<TurnError>),
}

impl TurnFacts {
    pub(crate) fn progress(&self) -> MutexGuard<'_, Progress> {
        self.progress.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// In seconds since 1970.
    pub(crate) fn started_at(&self) -> i64 {
        self.started_at_ms.div_euclid(1000)
    }

    /// The turn on the wire while it runs.
    pub(crate) fn running(&self) -> Turn {
        Turn { started_at: Some(self.started_at()), ..accepted(&self.id, &self.root_id) }
    }
}

impl Progress {
    pub(crate) fn new() -> Self {
        Self { first_token_ms: None, usage: no_tokens(), goal_counted: (0, Instant::now()) }
    }
}

/// A turn as the answer to its start shows it.
pub(crate) fn accepted(id: &str, root_id: &str) -> v2::Turn {
    Turn {
        id: id.to_owned(),
        root_turn_id: Some(root_id.to_owned()),
        items: Vec::new(),
        items_view: TurnItemsView::NotLoaded,
        status: TurnStatus::InProgress,
        error: None,
        started_at: None,
        completed_at: None,
        duration_ms: None,
    }
}
