//! The thread as clients are shown it.

use codex_app_server_protocol::v2::{Thread, ThreadReadState, ThreadStatus, ThreadUnreadPosition};
use codex_thread_state::{ThreadFacts, default_read_state};
use codex_thread_store::MetadataChange;

use crate::settings::Settings;

/// The thread as clients are shown it, without turns. Changed by the thread's actor alone.
pub(crate) struct View {
    thread: Thread,
    /// What has been read, as last known; `None` while there is nothing to read.
    read_state: Option<ThreadReadState>,
}

impl View {
    pub(crate) fn new(thread: Thread) -> Self {
        let has_turns = !thread.ephemeral && !thread.preview.is_empty();
        let read_state = has_turns.then(|| default_read_state(&thread.id));
        Self { thread, read_state }
    }

    pub(crate) fn thread(&self) -> Thread {
        self.thread.clone()
    }

    /// Where the thread is kept.
    pub(crate) fn path(&self) -> Option<&str> {
        self.thread.path.as_deref()
    }

    pub(crate) fn set_status(&mut self, status: ThreadStatus) {
        self.thread.status = status;
    }

    pub(crate) fn set_name(&mut self, name: String) {
        self.thread.name = Some(name);
    }

    pub(crate) fn change(&mut self, change: &MetadataChange) {
        change.apply(&mut self.thread);
    }

    /// Shows what is kept beside the thread's file.
    pub(crate) fn set_facts(&mut self, facts: ThreadFacts) {
        self.thread.project_id = facts.project_id;
        self.thread.section = facts.section;
        self.thread.section_entered_at = facts.section_entered_at;
        if let Some(read_state) = facts.read_state {
            self.read_state = Some(read_state);
        }
    }

    pub(crate) fn set_read_state(&mut self, read_state: ThreadReadState) {
        self.read_state = Some(read_state);
    }

    pub(crate) fn set_settings(&mut self, settings: &Settings) {
        self.thread.model = Some(settings.model.clone());
        self.thread.reasoning_effort.clone_from(&settings.effort);
        self.thread.cwd = settings.cwd.clone();
        self.thread.environments = Some(settings.environments());
    }

    /// Something happened in the thread, at this second.
    pub(crate) fn touch(&mut self, now: i64) {
        self.thread.updated_at = now;
        self.thread.recency_at = Some(now);
    }

    /// A turn begins; ephemeral threads have neither a preview nor read turns.
    pub(crate) fn begin_turn(&mut self, preview: String) {
        if self.thread.ephemeral {
            return;
        }
        if self.thread.preview.is_empty() {
            self.thread.preview = preview;
        }
        self.read_state.get_or_insert_with(|| default_read_state(&self.thread.id));
    }

    /// What is to be shown after a turn that ended with something to read, when it could not be kept.
    pub(crate) fn unread(&mut self, turn_id: &str, revision: String) -> ThreadReadState {
        let before = self.read_state.take().and_then(|state| state.first_unread);
        let first_unread = before.or_else(|| Some(ThreadUnreadPosition::Turn { turn_id: turn_id.to_owned() }));
        self.read_state.insert(ThreadReadState { first_unread, revision }).clone()
    }

    /// What has been read; `None` while there is nothing to read.
    pub(crate) fn read_state(&self) -> Option<ThreadReadState> {
        self.read_state.clone()
    }
}
