//! The thread list: what is asked for, pages, cursors, and reading no more heads of files than a page needs.
//!
//! Order by creation goes by the files' names alone, newest folder first; a thread that was reverted stands where its
//! newest file stands.

use std::collections::HashSet;
use std::fmt;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::str::FromStr;
use std::sync::Arc;

use codex_app_server_protocol::v2;

use crate::files::{self, Files, Folder, RolloutFile};
use crate::{StoreError, StoredThread, replay};

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

/// A place in a list, beside a thread.
///
/// On the wire: a time; after a `|` the id of the thread at that time, or after a `=` when the page begins with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cursor {
    /// Milliseconds since 1970; for the order by creation, of local time as if it were UTC.
    millis: i64,
    thread_id: Option<String>,
    /// Whether the thread itself is on the page.
    inclusive: bool,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let moment = jiff::Timestamp::from_millisecond(self.millis).unwrap_or_default();
        write!(f, "{moment}")?;
        let mark = if self.inclusive { '=' } else { '|' };
        self.thread_id.as_ref().map_or(Ok(()), |id| write!(f, "{mark}{id}"))
    }
}

impl FromStr for Cursor {
    type Err = StoreError;

    fn from_str(text: &str) -> Result<Self, StoreError> {
        let invalid = || StoreError::InvalidCursor { cursor: text.to_owned() };
        let (moment, thread_id) = match text.split_once(['|', '=']) {
            Some((moment, id)) => (moment, Some(id)),
            None => (text, None),
        };
        let moment: jiff::Timestamp = moment.parse().map_err(|_| invalid())?;
        if thread_id.is_some_and(|id| uuid::Uuid::parse_str(id).is_err()) {
            return Err(invalid());
        }
        let inclusive = text.contains('=');
        Ok(Self { millis: moment.as_millisecond(), thread_id: thread_id.map(str::to_owned), inclusive })
    }
}

impl Cursor {
    /// Whether a thread stands on the page that begins here.
    fn admits(&self, millis: i64, thread_id: &str, direction: v2::SortDirection) -> bool {
        let order = match &self.thread_id {
            None => millis.cmp(&self.millis),
            Some(id) => (millis, thread_id).cmp(&(self.millis, id.as_str())),
        };
        order == after(direction) || (self.inclusive && order.is_eq())
    }
}

/// How a later thread of a list compares with an earlier one.
fn after(direction: v2::SortDirection) -> std::cmp::Ordering {
    match direction {
        v2::SortDirection::Asc => std::cmp::Ordering::Greater,
        v2::SortDirection::Desc => std::cmp::Ordering::Less,
    }
}

/// A file and its place in the order asked for.
struct Entry {
    millis: i64,
    file: RolloutFile,
}

impl Entry {
    fn cursor(&self, inclusive: bool) -> Cursor {
        Cursor { millis: self.millis, thread_id: Some(self.file.thread_id().to_owned()), inclusive }
    }
}

/// Reads one page.
pub(crate) fn page(files: &Arc<Files>, query: &ListQuery) -> io::Result<Page> {
    let mut page = Page::default();
    let limit = query.limit.max(1);
    let mut last = None;
    for entry in entries(files, query)? {
        let stored = match replay::summarize(files, entry.file.clone()) {
            Ok(Some(stored)) if query.wants(&stored) => stored,
            Ok(_) => continue,
            Err(error) => {
                tracing::debug!(%error, "a rollout is left out of the list");
                continue;
            }
        };
        if page.threads.len() == limit {
            page.next = last.as_ref().map(|entry: &Entry| entry.cursor(false));
            break;
        }
        page.backwards.get_or_insert_with(|| entry.cursor(true));
        page.threads.push(stored);
        last = Some(entry);
    }
    Ok(page)
}

type Entries = Box<dyn Iterator<Item = Entry>>;

/// The newest files of all threads, in the order asked for, from the cursor on.
fn entries(files: &Arc<Files>, query: &ListQuery) -> io::Result<Entries> {
    if query.sort == SortKey::CreatedAt && query.direction == v2::SortDirection::Desc {
        return Ok(Box::new(NewestFirst::new(files, query.archived, query.cursor.clone())?));
    }
    let mut entries: Vec<Entry> = NewestFirst::new(files, query.archived, None)?.collect();
    if query.sort != SortKey::CreatedAt {
        entries.retain_mut(|entry| match fs::metadata(entry.file.path()).and_then(|metadata| metadata.modified()) {
            Ok(modified) => {
                entry.millis = replay::millis(modified);
                true
            }
            Err(_) => false,
        });
    }
    if let Some(cursor) = &query.cursor {
        entries.retain(|entry| cursor.admits(entry.millis, entry.file.thread_id(), query.direction));
    }
    entries.sort_by(|a, b| {
        let order = (a.millis, a.file.thread_id()).cmp(&(b.millis, b.file.thread_id()));
        if query.direction == v2::SortDirection::Asc { order } else { order.reverse() }
    });
    Ok(Box::new(entries.into_iter()))
}

/// The newest file of each thread by name, from the cursor on; folders are read as the walk comes to them.
struct NewestFirst {
    files: Arc<Files>,
    cursor: Option<Cursor>,
    days: std::vec::IntoIter<PathBuf>,
    /// The folder the walk is in, and its next file.
    folder: Option<(Arc<Folder>, usize)>,
    /// Threads of which a newer file was passed already: only continuations have older files beside them.
    passed: HashSet<String>,
}

impl NewestFirst {
    fn new(files: &Arc<Files>, archived: bool, cursor: Option<Cursor>) -> io::Result<Self> {
        let days = if archived { Vec::new() } else { files.days()? };
        let mut walk =
            Self { files: Arc::clone(files), cursor, days: days.into_iter(), folder: None, passed: HashSet::new() };
        if archived {
            walk.enter(files.archived()?);
        }
        Ok(walk)
    }

    fn enter(&mut self, folder: Arc<Folder>) {
        let begin = self.cursor.as_ref().map_or(0, |cursor| {
            let admits =
                |name: &str| cursor.admits(files::civil_ms(name), files::thread_id(name), v2::SortDirection::Desc);
            folder.position(admits)
        });
        self.passed.extend(folder.continued(begin).map(str::to_owned));
        self.folder = Some((folder, begin));
    }
}

impl Iterator for NewestFirst {
    type Item = Entry;

    fn next(&mut self) -> Option<Entry> {
        loop {
            if let Some((folder, next)) = self.folder.as_mut()
                && *next < folder.len()
            {
                let file = folder.rollout(*next);
                *next += 1;
                let older = self.passed.contains(file.thread_id());
                if file.is_continuation() {
                    self.passed.insert(file.thread_id().to_owned());
                }
                if !older {
                    return Some(Entry { millis: file.civil_ms(), file });
                }
                continue;
            }
            let day = self.days.next()?;
            match self.files.folder(&day, false) {
                Ok(folder) => self.enter(folder),
                Err(error) => {
                    tracing::warn!(folder = %day.display(), %error, "a folder of rollouts cannot be read");
                }
            }
        }
    }
}

impl ListQuery {
    /// Whether the thread is one of those asked for; its place in the order is not looked at.
    pub(crate) fn wants(&self, stored: &StoredThread) -> bool {
        let thread = &stored.thread;
        let cwd = self.cwd.as_ref().is_none_or(|folders| folders.iter().any(|folder| folder == thread.cwd.as_str()));
        let provider = self.model_providers.is_empty() || self.model_providers.contains(&thread.model_provider);
        let source = self.source_kinds.is_empty() || self.source_kinds.contains(&source_kind(&thread.source));
        let term =
            self.search_term.as_ref().is_none_or(|term| thread.preview.to_lowercase().contains(&term.to_lowercase()));
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
