//! The thread list: what is asked for, pages, cursors, and reading no more heads of files than a page needs.
//!
//! Order by creation goes by the files' names alone, newest folder first; a thread that was reverted stands where its
//! newest file stands.

use std::collections::{HashMap, HashSet};
use std::fmt;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::Arc;

use codex_app_server_protocol::v2;

use crate::files::{self, Files, Folder, RolloutFile};
use crate::index::{Look, text};
use crate::metadata::Metadata;
use crate::names::Names;
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
    /// Only threads in one of these folders; a slash at the end does not count.
    pub cwd: Option<Vec<String>>,
    /// Only threads of these model providers, "" standing for files that name none; none given means all.
    pub model_providers: Vec<String>,
    /// Only threads of these sources.
    pub sources: Sources,
    /// Only threads whose name or preview holds this text as it is written.
    pub search_term: Option<String>,
    /// Only threads that this other one began.
    pub relation: Option<Relation>,
    /// Not these threads.
    pub excluded: HashSet<String>,
    /// Only these threads, which something beside their files tells.
    pub only: Option<HashSet<String>>,
}

/// Where threads come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Sources {
    /// Anywhere.
    #[default]
    Any,
    /// People, by way of a client in which they talk with the agent.
    People,
    /// One of these kinds.
    Kinds(Vec<v2::ThreadSourceKind>),
}

/// How threads stand to another one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Relation {
    /// It began them.
    ChildOf(String),
    /// It began them, or a thread that it began, and so on.
    Below(String),
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
            sources: Sources::Any,
            search_term: None,
            relation: None,
            excluded: HashSet::new(),
            only: None,
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

/// A page of a search.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// The threads that hold the term.
    pub page: Page,
    /// What to show of each, in the same order.
    pub snippets: Vec<String>,
}

/// What lists are made from.
pub(crate) struct Shelf {
    pub(crate) files: Arc<Files>,
    pub(crate) names: Arc<Names>,
    pub(crate) metadata: Arc<Metadata>,
}

impl Shelf {
    /// Reads one page.
    pub(crate) fn page(&self, look: &mut Look<'_>, query: &ListQuery) -> io::Result<Page> {
        let fits = |look: &mut Look<'_>, file: &RolloutFile| {
            look.summarize(&self.files, file).map(|stored| Some((stored?, ())))
        };
        self.gather(look, query, fits).map(|(page, _)| page)
    }

    /// Reads one page of the threads in whose messages a term stands, in any case and with any blanks between its words.
    pub(crate) fn search(&self, look: &mut Look<'_>, query: &ListQuery, term: &str) -> io::Result<Found> {
        let term = text::folded(term);
        if term.is_empty() {
            return Ok(Found::default());
        }
        let candidates = look.candidates(&term);
        let fits = |look: &mut Look<'_>, file: &RolloutFile| {
            if !look.may_hold(&candidates, file) {
                return Ok(None);
            }
            let Some(stored) = look.summarize(&self.files, file)? else { return Ok(None) };
            // Before the whole file is read.
            if !self.wants(query, &stored) {
                return Ok(None);
            }
            let mut snippet = None;
            replay::messages(&self.files, file.clone(), &mut |message| {
                snippet = text::snippet(message, &term);
                snippet.is_none()
            })?;
            Ok(snippet.map(|snippet| (stored, snippet)))
        };
        let (page, snippets) = self.gather(look, query, fits)?;
        Ok(Found { page, snippets })
    }

    /// Fills a page with the threads that fit, and what was found in each.
    fn gather<T>(
        &self,
        look: &mut Look<'_>,
        query: &ListQuery,
        fits: impl Fn(&mut Look<'_>, &RolloutFile) -> Result<Option<(StoredThread, T)>, StoreError>,
    ) -> io::Result<(Page, Vec<T>)> {
        let (mut page, mut found) = (Page::default(), Vec::new());
        let limit = query.limit.max(1);
        let mut last = None;
        let relatives = query.relation.as_ref().map(|relation| self.relatives(look, relation)).transpose()?;
        let may_be = |id: &str| {
            !query.excluded.contains(id)
                && query.only.as_ref().is_none_or(|only| only.contains(id))
                && relatives.as_ref().is_none_or(|relatives| relatives.contains(id))
        };
        for entry in entries(&self.files, query)? {
            if !may_be(entry.file.thread_id()) {
                continue;
            }
            let (mut stored, what) = match fits(look, &entry.file) {
                Ok(Some((stored, what))) if self.wants(query, &stored) => (stored, what),
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
            // Codex tells it where it was asked for.
            if relatives.is_some() {
                stored.thread.parent_thread_id = began(&stored.thread);
            }
            page.threads.push(stored);
            found.push(what);
            last = Some(entry);
        }
        self.names.with(|names| {
            for stored in &mut page.threads {
                stored.thread.name = names.get(&stored.thread.id).cloned();
            }
        });
        self.metadata.apply(page.threads.iter_mut().map(|stored| &mut stored.thread));
        Ok((page, found))
    }

    /// Whether the thread is one of those asked for; its place in the order is not looked at.
    fn wants(&self, query: &ListQuery, stored: &StoredThread) -> bool {
        let thread = &stored.thread;
        let lies_in = |folder: &String| Path::new(folder) == Path::new(thread.cwd.as_str());
        let cwd = query.cwd.as_ref().is_none_or(|folders| folders.iter().any(lies_in));
        let provider = query.model_providers.is_empty() || query.model_providers.contains(&thread.model_provider);
        let holds = |term: &String| {
            let named = |names: &HashMap<String, String>| names.get(&thread.id).is_some_and(|name| name.contains(term));
            thread.preview.contains(term) || self.names.with(named)
        };
        cwd && provider && query.sources.hold(&thread.source) && query.search_term.as_ref().is_none_or(holds)
    }

    /// The threads that stand so to another one, archived ones included.
    fn relatives(&self, look: &mut Look<'_>, relation: &Relation) -> io::Result<HashSet<String>> {
        let mut children: HashMap<String, Vec<String>> = HashMap::new();
        for file in self.files.listed()? {
            let stored = look.summarize(&self.files, &file).ok().flatten();
            if let Some(StoredThread { thread, .. }) = stored
                && let Some(parent) = began(&thread)
            {
                children.entry(parent).or_default().push(thread.id);
            }
        }
        let (root, deep) = match relation {
            Relation::ChildOf(root) => (root, false),
            Relation::Below(root) => (root, true),
        };
        let mut found: HashSet<String> = HashSet::new();
        let mut open = vec![root.clone()];
        while let Some(parent) = open.pop() {
            for child in children.remove(&parent).unwrap_or_default() {
                if found.insert(child.clone()) && deep {
                    open.push(child);
                }
            }
        }
        Ok(found)
    }
}

/// The thread that began an agent's thread.
fn began(thread: &v2::Thread) -> Option<String> {
    match &thread.source {
        v2::SessionSource::SubAgent(v2::SubAgentSource::ThreadSpawn { parent_thread_id, .. }) => {
            Some(parent_thread_id.to_string())
        }
        _ => None,
    }
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

/// Clients of another name in which people talk with the agent.
const PEOPLES_CLIENTS: [&str; 2] = ["atlas", "chatgpt"];

impl Sources {
    /// Whether a thread of this source is one of them.
    fn hold(&self, source: &v2::SessionSource) -> bool {
        match self {
            Self::Any => true,
            Self::People => match source {
                v2::SessionSource::Cli | v2::SessionSource::Vscode => true,
                v2::SessionSource::Custom(client) => PEOPLES_CLIENTS.contains(&client.as_str()),
                _ => false,
            },
            Self::Kinds(kinds) => kinds.iter().any(|kind| is_of(source, *kind)),
        }
    }
}

/// Whether a source is of a kind. Clients of other names are of none.
fn is_of(source: &v2::SessionSource, kind: v2::ThreadSourceKind) -> bool {
    use v2::{SessionSource as Source, SubAgentSource as Agent, ThreadSourceKind as Kind};
    match kind {
        Kind::Cli => *source == Source::Cli,
        Kind::Vscode => *source == Source::Vscode,
        Kind::Exec => *source == Source::Exec,
        Kind::AppServer => *source == Source::AppServer,
        Kind::Unknown => *source == Source::Unknown,
        Kind::SubAgent => matches!(source, Source::SubAgent(_)),
        Kind::SubAgentReview => matches!(source, Source::SubAgent(Agent::Review)),
        Kind::SubAgentCompact => matches!(source, Source::SubAgent(Agent::Compact)),
        Kind::SubAgentThreadSpawn => matches!(source, Source::SubAgent(Agent::ThreadSpawn { .. })),
        Kind::SubAgentOther => matches!(source, Source::SubAgent(Agent::Other(_))),
    }
}
