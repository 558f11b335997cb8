//! A loaded thread: one task that owns it ([`actor`]), and what that task shares with the work of its turn.

mod actor;
mod backlog;
mod begun;
pub(crate) mod conversation;
mod goal;
mod handle;
mod metadata;
mod queue;
mod reads;
mod sink;
mod turns;
mod unread;
mod view;
mod waiting;

use std::path::PathBuf;
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{ApprovalsReviewer, WarningNotification};
use codex_config_loader::{Config, ConfigLoader, LoadRequest};
use codex_thread_state::ThreadState;
use serde_json::value::RawValue;

pub(crate) use actor::{Actor, ActorParts, Past, retire, start_response, stop};
pub(crate) use backlog::BacklogLimits;
pub(crate) use goal::{count_goal, skip_goal};
pub(crate) use handle::{Command, Handle, MAILBOX};
pub(crate) use metadata::MetadataUpdate;
pub(crate) use reads::{in_a_snapshot, turns_deprecated};
pub(crate) use sink::Sink;
pub(crate) use view::View;
pub(crate) use waiting::{Answered, Fault, Waiting};

use crate::context::AgentsMd;
use crate::deps::Identity;
use crate::env::Env;
use crate::models::Models;
use crate::recording::Log;
use crate::tools::{DynamicTools, ThreadTools};
use conversation::Conversation;

/// What the actor of a thread and the work of its turn share.
pub(crate) struct ThreadShared {
    pub(crate) id: Arc<str>,
    pub(crate) env: Env,
    pub(crate) sink: Sink,
    pub(crate) log: Log,
    /// What is kept beside the thread's file.
    pub(crate) state: ThreadState,
    pub(crate) origin: Origin,
    pub(crate) models: Arc<Models>,
    pub(crate) identity: Arc<dyn Identity>,
    pub(crate) loader: Arc<ConfigLoader>,
    /// What its configuration is loaded with.
    pub(crate) load_request: LoadRequest,
    /// The configuration as it was when the thread was started, or last reloaded.
    pub(crate) config: Mutex<Arc<Config>>,
    /// How long a provider may be silent.
    pub(crate) deadline: Option<Duration>,
    /// The name of the user's shell.
    pub(crate) shell: String,
    pub(crate) prompt: Prompt,
    pub(crate) developer_instructions: Option<String>,
    /// The folder the thread was started in, and what AGENTS.md files said for it then.
    pub(crate) started_in: PathBuf,
    pub(crate) agents_md: AgentsMd,
    pub(crate) conversation: Mutex<Conversation>,
    pub(crate) view: Mutex<View>,
    /// What the turn waits for.
    pub(crate) waiting: Mutex<Waiting>,
    /// The tools that the client has brought.
    pub(crate) dynamic_tools: DynamicTools,
    /// What the tools of the model remember.
    pub(crate) tools: ThreadTools,
}

/// Where a thread's history comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Origin {
    /// It began with this process.
    New,
    /// From its file.
    Resumed,
    /// From a client.
    Supplied,
    /// From another thread.
    Forked {
        /// The other thread.
        thread_id: String,
        /// The ordinal of the first line of it that does not belong to the fork; `None` where lines are not numbered.
        ordinal: Option<u64>,
        /// Whether it was loaded.
        warm: bool,
    },
}

impl Origin {
    /// How providers are told of it.
    pub(crate) fn initialization(&self) -> &'static str {
        match self {
            Self::New => "new",
            Self::Resumed => "cold_resume",
            Self::Supplied => "supplied_history",
            Self::Forked { warm: true, .. } => "warm_fork",
            Self::Forked { warm: false, .. } => "cold_fork",
        }
    }

    pub(crate) fn forked_from(&self) -> Option<(&str, Option<u64>)> {
        match self {
            Self::Forked { thread_id, ordinal, .. } => Some((thread_id, *ordinal)),
            _ => None,
        }
    }
}

/// The base prompt as the first item of every request.
pub(crate) struct Prompt {
    pub(crate) item: Arc<RawValue>,
}

impl ThreadShared {
    pub(crate) fn conversation(&self) -> MutexGuard<'_, Conversation> {
        self.conversation.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn view(&self) -> MutexGuard<'_, View> {
        self.view.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn waiting(&self) -> MutexGuard<'_, Waiting> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn config(&self) -> Arc<Config> {
        Arc::clone(&self.config.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Takes over the configuration as it is now; a broken one leaves the thread with what it has.
    pub(crate) fn reload_config(&self) {
        match self.loader.load(&self.load_request) {
            Ok(config) => *self.config.lock().unwrap_or_else(PoisonError::into_inner) = config,
            Err(error) => self.warn(format!("The changed configuration is not used by this thread: {error}")),
        }
    }

    /// Tells the subscribers, once, that a chosen reviewer is not there and that they are asked instead.
    pub(crate) fn warn_unreviewed(&self, reviewer: ApprovalsReviewer) {
        if reviewer != ApprovalsReviewer::User && !self.tools.told_unreviewed.swap(true, Ordering::Relaxed) {
            self.warn("There is no automatic reviewer yet (approvals_reviewer); approvals go to the user.".to_owned());
        }
    }

    /// Tells the subscribers of something odd.
    pub(crate) fn warn(&self, message: String) {
        let thread_id = Some(self.id.to_string());
        self.sink.emit(ServerNotification::Warning(WarningNotification { thread_id, message }));
    }
}
