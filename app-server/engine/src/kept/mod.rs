//! What is kept beside the threads' files: who may ask for it, who is told, and how threads show it.
//!
//! The database is one for all processes of a home, so a loaded thread holds no truth about it: what it shows is looked up
//! before it is shown. A database that cannot be used fails the requests of this module and nothing else.

mod attachments;
mod goals;
mod memory_mode;
mod projects;
mod queue;
mod read_states;
mod sections;

use std::collections::HashMap;

use codex_app_server_protocol::v2::{Thread, ThreadReadState};
use codex_thread_state::{ThreadFacts, default_read_state};

pub(crate) use goals::{check_budget, check_objective, tell_goal};
pub(crate) use queue::tell_queue;

use crate::engine::Inner;
use crate::error::EngineError;
use crate::registry::thread_id;
use crate::thread::{Handle, ThreadShared};

/// A thread that a request names.
pub(crate) enum Known {
    Loaded(Handle),
    Stored { archived: bool },
}

impl Inner {
    /// Finds a thread, loaded or stored; `None` when there is none.
    pub(crate) async fn known(&self, id: &str) -> Result<Option<Known>, EngineError> {
        if let Some(handle) = self.threads.get(id) {
            return Ok(Some(Known::Loaded(handle)));
        }
        if !self.deps.store.exists(id).await? {
            return Ok(None);
        }
        Ok(Some(Known::Stored { archived: self.deps.store.is_archived(id).await? }))
    }

    /// What is known of these threads; nothing where the database cannot be used.
    pub(crate) async fn facts(&self, ids: Vec<String>) -> HashMap<String, ThreadFacts> {
        self.state.facts(ids).await.unwrap_or_else(|error| {
            tracing::warn!(%error, "threads are shown without their sections, projects and read states");
            HashMap::new()
        })
    }

    /// Lets a loaded thread show what is known of it now.
    pub(crate) async fn refresh(&self, shared: &ThreadShared) {
        if shared.log.is_ephemeral() {
            return;
        }
        match self.state.facts(vec![shared.id.to_string()]).await {
            Ok(mut facts) => shared.view().set_facts(facts.remove(&*shared.id).unwrap_or_default()),
            Err(error) => tracing::warn!(%error, "a thread is shown as it was last known"),
        }
    }

    /// A stored thread with what is known of it, and what of it has been read.
    pub(crate) async fn with_facts(&self, mut thread: Thread) -> (Thread, ThreadReadState) {
        let facts = self.facts(vec![thread.id.clone()]).await.remove(&thread.id).unwrap_or_default();
        let read_state = show(facts, &mut thread);
        (thread, read_state)
    }
}

/// Shows what is known of a stored thread; what of it has been read.
pub(crate) fn show(facts: ThreadFacts, thread: &mut Thread) -> ThreadReadState {
    thread.project_id = facts.project_id;
    thread.section = facts.section;
    thread.section_entered_at = facts.section_entered_at;
    facts.read_state.unwrap_or_else(|| default_read_state(&thread.id))
}

/// A thread id in requests whose params are refused as such.
fn thread_param(text: &str) -> Result<String, EngineError> {
    thread_id(text).map_err(|error| EngineError::BadParams(error.to_string()))
}
