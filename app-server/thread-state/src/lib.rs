//! What the lines of a thread's file do not carry: sections, projects, attachments, read states, queues, goals.
//!
//! One database of ours in CODEX_HOME holds it, and holds it alone: it is the truth and is never rebuilt. What must hold:
//! the file is made by the first thing that is to be kept, never by a look; several processes may use it, so every change
//! is one transaction that looks before it writes; a file that cannot be used is an error of what needs it and of nothing
//! else; codex's own databases are never touched. Ids and times come from the caller. A thread is known by its id alone:
//! whether it exists is the caller's to know.
#![forbid(unsafe_code)]

mod attachments;
mod database;
mod error;
mod facts;
mod goals;
mod keys;
mod projects;
mod queue;
mod sections;

pub use attachments::{AttachmentKey, OwnerPage};
pub use database::ThreadState;
pub use error::StateError;
pub use facts::{ThreadFacts, default_read_state};
pub use goals::{GoalChange, GoalUse};
pub use keys::{KeyedRequest, KnownKey};
pub use projects::{NewProject, ProjectChange};
pub use queue::QueuedChange;
pub use sections::{PINNED, SectionChange};

/// One page of a list.
#[derive(Clone, Debug, PartialEq)]
pub struct Page<T> {
    /// What is on it.
    pub data: Vec<T>,
    /// Where the next page begins; `None` on the last one.
    pub next: Option<String>,
}

impl<T> Page<T> {
    /// A page of what was asked for with one more than the limit: that one only tells that there is another page.
    fn cut(mut data: Vec<T>, limit: usize, cursor: impl FnOnce(&T) -> String) -> Self {
        let more = data.len() > limit;
        data.truncate(limit);
        let next = if more { data.last().map(cursor) } else { None };
        Self { data, next }
    }
}

/// How many entries a page has: between one and a hundred, by default 25.
fn page_size(limit: Option<u32>) -> usize {
    limit.map_or(25, |limit| limit.clamp(1, 100) as usize)
}

/// One more than a page has, for [`Page::cut`].
fn with_next(size: usize) -> i64 {
    i64::try_from(size).unwrap_or(i64::MAX - 1) + 1
}
