//! Names of threads: `session_index.jsonl`, which codex writes too; the last line of a thread wins.

use std::borrow::Cow;
use std::collections::HashMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use crate::StoreError;
use crate::line_file::{Gathered, LineFile};

/// The names of all threads that have one.
#[derive(Default)]
pub(crate) struct ByThread(HashMap<String, String>);

pub(crate) struct Names {
    file: LineFile<ByThread>,
}

#[derive(Serialize, Deserialize)]
struct Line<'a> {
    #[serde(borrow)]
    id: Cow<'a, str>,
    #[serde(borrow)]
    thread_name: Cow<'a, str>,
    #[serde(default)]
    updated_at: String,
}

impl Names {
    pub(crate) fn new(home: &Path) -> Self {
        Self { file: LineFile::new(home, "session_index.jsonl") }
    }

    /// Appends a name; an empty one takes the name away.
    pub(crate) fn set(&self, thread_id: &str, name: &str, now: jiff::Timestamp) -> Result<(), StoreError> {
        self.file.append(&Line { id: thread_id.into(), thread_name: name.into(), updated_at: now.to_string() })
    }

    /// Takes every name the thread had out of the file.
    pub(crate) fn forget(&self, thread_id: &str) -> Result<(), StoreError> {
        self.file.forget(thread_id)
    }

    /// The names of all threads that have one.
    pub(crate) fn with<T>(&self, look: impl FnOnce(&HashMap<String, String>) -> T) -> T {
        self.file.with(|names| look(&names.0))
    }
}

impl Gathered for ByThread {
    fn take(&mut self, line: &[u8]) {
        if let Ok(line) = serde_json::from_slice::<Line<'_>>(line) {
            if line.thread_name.is_empty() {
                self.0.remove(&*line.id);
            } else {
                self.0.insert(line.id.into_owned(), line.thread_name.into_owned());
            }
        }
    }
}
