//! The thread list: what is asked for, pages, cursors, and reading no more heads of files than a page needs.

use std::collections::HashSet;
use std::fmt;
use std::str::FromStr;

use codex_app_server_protocol::v2;

use crate::{StoreError, StoredThread};

/// Which threads to list.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// How many at most; 0 acts as 1.
    pub limit: usize,
    /// Where the page begins: after this place in the order asked for.
    pub cursor: Option<Cursor>,
    /// What the order goes by.
    pub sort: SortKey,
    /// Newest first (`Desc`) or oldest first.
    pub direction: v2::SortDirection,
    /// The archived threads instead of the others.
    pub archived: bool,
    /// Only threads in one of these folders, spelled exactly so.
    pub cwd: Option<Vec<String>>,
    /// Only threads of these model providers; none given means all.
    pub model_providers: Vec<String>,
    /// Only threads of these kinds of sources; none given means all.
    pub source_kinds: Vec<v2::ThreadSourceKind>,
    /// Only threads whose preview holds this text, in any case.
    pub search_term: Option<String>,
}

impl Default for ListQuery {
    fn default() -> Self {
        Self {
            limit: 25,
            cursor: None,
            sort: SortKey::CreatedAt,
            direction: v2::SortDirection::Desc,
            archived: false,
            cwd: None,
            model_providers: Vec::new(),
            source_kinds: Vec::new(),
            search_term: None,
        }
    }
}

/// What a list is ordered by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortKey {
    /// When the thread was created.
    #[default]
    CreatedAt,
    /// When its file changed last.
    UpdatedAt,
    /// When it was used last; for stored threads the same as `UpdatedAt`.
    RecencyAt,
}

/// One page of a list.
#[derive(Clone, Debug, Default)]
pub struct Page {
    /// The threads, in the order asked for, without turns.
    pub threads: Vec<StoredThread>,
    /// Where the next page begins; `None` when this is the last.
    pub next: Option<Cursor>,
    /// From where the other direction shows what came since; `None` for an empty page.
    pub backwards: Option<Cursor>,
}

/// A place in a list, between two threads.
///
/// On the wire: a time, and the id of the thread at that time after a `|`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    pub(crate) millis: i64,
    pub(crate) thread_id: Option<String>,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = jiff::Timestamp::from_millisecond(self.millis).unwrap_or_default();
        write!(f, "{moment:.3}")?;
        self.thread_id.as_ref().map_or(Ok(()), |id| write!(f, "|{id}"))
    }
}

impl FromStr for Cursor {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let invalid = || StoreError::InvalidCursor { cursor: text.to_owned() };
        let (moment, thread_id) = match text.split_once('|') {
            Some((moment, id)) => (moment, Some(id)),
            None => (text, None),
        };
        let moment: jiff::Timestamp = moment.parse().map_err(|_| invalid())?;
        if thread_id.is_some_and(|id| uuid::Uuid::parse_str(id).is_err()) {
            return Err(invalid());
        }
        Ok(Self { millis: moment.as_millisecond(), thread_id: thread_id.map(str::to_owned) })
    }
}

impl ListQuery {
    /// Whether the thread is one of those asked for; its place in the order is not looked at.
    pub(crate) fn wants(&self, stored: &StoredThread) -> bool {
        let thread = &stored.thread;
        let cwd = self.cwd.as_ref().is_none_or(|folders| folders.iter().any(|folder| folder == thread.cwd.as_str()));
        let provider = self.model_providers.is_empty() || self.model_providers.contains(&thread.model_provider);
        let source = self.source_kinds.is_empty() || self.source_kinds.contains(&source_kind(&thread.source));
        let term = self.search_term.as_ref().is_none_or(|term| {
            thread.preview.to_lowercase().contains(&term.to_lowercase())
        });
        cwd && provider && source && term
    }
}

fn source_kind(source: &v2::SessionSource) -> v2::ThreadSourceKind {
    match source {
        v2::SessionSource::Cli => v2::ThreadSourceKind::Cli,
        v2::SessionSource::Vscode => v2::ThreadSourceKind::Vscode,
        v2::SessionSource::Exec => v2::ThreadSourceKind::Exec,
        v2::SessionSource::AppServer => v2::ThreadSourceKind::AppServer,
        v2::SessionSource::Unknown | v2::SessionSource::Custom(_) => v2::ThreadSourceKind::Unknown,
        v2::SessionSource::SubAgent(agent) => match agent {
            v2::SubAgentSource::Review => v2::ThreadSourceKind::SubAgentReview,
            v2::SubAgentSource::Compact => v2::ThreadSourceKind::SubAgentCompact,
            v2::SubAgentSource::ThreadSpawn { .. } => v2::ThreadSourceKind::SubAgentThreadSpawn,
            v2::SubAgentSource::MemoryConsolidation | v2::SubAgentSource::Other(_) => {
                v2::ThreadSourceKind::SubAgentOther
            }
        },
    }
}
