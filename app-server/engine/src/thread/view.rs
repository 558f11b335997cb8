//! The thread as clients are shown it.

use codex_app_server_protocol::v2::{Thread, ThreadReadState, ThreadStatus, ThreadUnreadPosition};
use codex_thread_store::MetadataChange;

use crate::settings::Settings;

/// The thread as clients are shown it, without turns. Changed by the thread's actor alone.
pub(crate) struct View {
    thread: Thread,
    /// The first turn that nobody has read.
    first_unread: Option<String>,
    /// Counts changes of what is read; 0 before the first turn.
    revision: u64,
}

impl View {
    pub(crate) fn new(thread: Thread) -> Self {
        Self { thread, first_unread: None, revision: 0 }
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

    /// Takes the thread out of its project; whether it was in one.
    pub(crate) fn leave_project(&mut self) -> bool {
        self.thread.project_id.take().is_some()
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
        self.revision = self.revision.max(1);
    }

    /// A turn ended with something to read.
    pub(crate) fn unread(&mut self, turn_id: &str) -> Option<ThreadReadState> {
        if self.thread.ephemeral {
            return None;
        }
        self.revision += 1;
        self.first_unread.get_or_insert_with(|| turn_id.to_owned());
        self.read_state()
    }

    /// What has been read; `None` while there is nothing to read.
    pub(crate) fn read_state(&self) -> Option<ThreadReadState> {
        (self.revision > 0).then(|| ThreadReadState {
            first_unread: self.first_unread.clone().map(|turn_id| ThreadUnreadPosition::Turn { turn_id }),
            revision: self.revision.to_string(),
        })
    }
}
