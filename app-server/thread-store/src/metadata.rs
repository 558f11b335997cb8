//! What clients changed about threads beside their history: `thread_metadata.jsonl`, later lines change earlier ones.
//!
//! A rollout tells the Git facts of the thread's start, and only its writer may append to it; these changes are kept
//! beside it, so that they can be made to any thread at any time. codex keeps its own in a database and does not read
//! this file.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use codex_app_server_protocol::v2;
use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::line_file::{Gathered, LineFile};

/// A change to what is stored about a thread; what is absent stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct MetadataChange {
    /// Git facts: each absent, cleared (`Some(None)`), or a new text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git_info: Option<v2::ThreadMetadataGitInfoUpdateParams>,
    /// The choice about the Daybreak programme.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub daybreak_enabled: Option<bool>,
}

impl MetadataChange {
    /// Changes a thread as it is shown. Git facts that are all absent are none.
    pub fn apply(&self, thread: &mut v2::Thread) {
        if let Some(change) = &self.git_info {
            let mut git = thread.git_info.take().unwrap_or(v2::GitInfo { sha: None, branch: None, origin_url: None });
            let set = |field: &mut Option<String>, change: &Option<Option<String>>| {
                if let Some(value) = change {
                    field.clone_from(value);
                }
            };
            set(&mut git.sha, &change.sha);
            set(&mut git.branch, &change.branch);
            set(&mut git.origin_url, &change.origin_url);
            let is_any = git.sha.is_some() || git.branch.is_some() || git.origin_url.is_some();
            thread.git_info = is_any.then_some(git);
        }
        thread.daybreak_enabled = self.daybreak_enabled.or(thread.daybreak_enabled);
    }

    /// Adds a later change.
    fn then(&mut self, later: Self) {
        if let Some(later) = later.git_info {
            let git = self.git_info.get_or_insert_default();
            git.sha = later.sha.or(git.sha.take());
            git.branch = later.branch.or(git.branch.take());
            git.origin_url = later.origin_url.or(git.origin_url.take());
        }
        self.daybreak_enabled = later.daybreak_enabled.or(self.daybreak_enabled);
    }
}

/// The changes of all threads that have any.
#[derive(Default)]
pub(crate) struct ByThread(HashMap<String, MetadataChange>);

pub(crate) struct Metadata {
    file: LineFile<ByThread>,
}

#[derive(Serialize, Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(flatten)]
    change: Cow<'a, MetadataChange>,
    #[serde(default)]
    updated_at: String,
}

impl Metadata {
    pub(crate) fn new(home: &Path) -> Self {
        Self { file: LineFile::new(home, "thread_metadata.jsonl") }
    }

    /// Appends a change.
    pub(crate) fn add(&self, thread_id: &str, change: &MetadataChange, now: jiff::Timestamp) -> Result<(), StoreError> {
        let change = Cow::Borrowed(change);
        self.file.append(&Line { id: thread_id.into(), change, updated_at: now.to_string() })
    }

    /// Takes every change of the thread out of the file.
    pub(crate) fn forget(&self, thread_id: &str) -> Result<(), StoreError> {
        self.file.forget(thread_id)
    }

    /// Shows threads with their changes.
    pub(crate) fn apply<'a>(&self, threads: impl Iterator<Item = &'a mut v2::Thread>) {
        self.file.with(|changes| {
            for thread in threads {
                if let Some(change) = changes.0.get(&thread.id) {
                    change.apply(thread);
                }
            }
        });
    }
}

impl Gathered for ByThread {
    fn take(&mut self, line: &[u8]) {
        if let Ok(line) = serde_json::from_slice::<Line<'_>>(line) {
            self.0.entry(line.id.into_owned()).or_default().then(line.change.into_owned());
        }
    }
}
