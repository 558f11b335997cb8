//! The index: what the rollouts tell, kept in `app-server-index.sqlite` so that they need not be read again.
//!
//! What must hold: it is a cache and nothing else; what it holds of a file counts only while the file has the size and the
//! time of change it had then, so every answer is the one that reading the files gives; it is opened by the first list or
//! search, and only the reading thread uses it, but for forgetting; one that cannot be opened, read or written costs time and
//! no answer.

mod check;
mod database;
mod fill;
#[cfg(test)]
mod tests;
pub(crate) mod text;

use std::collections::{BTreeMap, HashSet};
use std::fs::{self, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use codex_utils_database::rusqlite;

use self::database::{Change, Database, Stamp};
use self::fill::Calm;
use crate::files::{Files, RolloutFile};
use crate::{StoreError, StoredThread, replay};

pub use self::check::IndexReport;
pub(crate) use self::fill::Pace;

/// The index's name in CODEX_HOME.
pub(crate) const NAME: &str = "app-server-index.sqlite";
/// How long an index that cannot be used is left alone.
const AGAIN: Duration = Duration::from_secs(30);

/// The index of one CODEX_HOME.
pub(crate) struct Index {
    home: PathBuf,
    state: Mutex<State>,
    /// Under a lock of its own, for who waits to fill: a list that reads many files has the other for as long.
    calm: Mutex<Calm>,
}

#[derive(Default)]
struct State {
    database: Option<Database>,
    /// When it could not be used.
    failed: Option<Instant>,
    /// The files that filling has not come to yet, by their keys; `None` when there are none, or all that there are.
    todo: Option<BTreeMap<Box<str>, RolloutFile>>,
    /// Whether everything was looked at once.
    filled: bool,
}

/// The index while one list or search uses it.
pub(crate) struct Look<'a> {
    home: &'a Path,
    state: MutexGuard<'a, State>,
    /// What filling has read.
    changes: Vec<Change>,
    /// What was read of files that it knows nothing of.
    news: BTreeMap<Box<str>, (RolloutFile, Change)>,
}

/// The threads that may hold a term, as far as the index knows their texts.
pub(crate) enum Candidates {
    /// Those with these numbers, and those whose texts it does not have.
    Known(HashSet<i64>),
    /// It cannot tell.
    All,
}

impl Index {
    /// The index of a home. Nothing is opened.
    pub(crate) fn new(home: &Path) -> Self {
        Self { home: home.to_owned(), state: Mutex::default(), calm: Mutex::default() }
    }

    /// Begins to use it, opening it when that was not done yet.
    pub(crate) fn look(&self) -> Look<'_> {
        let look = self.open();
        self.calm().used(Instant::now());
        look
    }

    /// Forgets those of these files that are not there any more. An index that nobody has used yet is left to filling, which
    /// forgets what it does not find.
    pub(crate) fn forget(&self, files: &[RolloutFile]) {
        let is_gone = |path: &PathBuf| !fs::exists(path).unwrap_or(true);
        let gone = files.iter().map(RolloutFile::path).filter(is_gone);
        let gone: Vec<_> = gone.map(|path| key(&self.home, &path)).collect();
        if gone.is_empty() {
            return;
        }
        let mut look = self.locked();
        if look.state.database.is_some() && look.ask(|database| database.forget(&gone)).is_none() {
            look.state.fill_anew();
        }
    }

    fn calm(&self) -> MutexGuard<'_, Calm> {
        self.calm.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn locked(&self) -> Look<'_> {
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        Look { home: &self.home, state, changes: Vec::new(), news: BTreeMap::new() }
    }

    fn open(&self) -> Look<'_> {
        let mut look = self.locked();
        let state = &mut *look.state;
        if state.database.is_none() && state.failed.is_none_or(|at| at.elapsed() > AGAIN) {
            match Database::open(&self.home.join(NAME)) {
                Ok(database) => state.database = Some(database),
                Err(error) => {
                    tracing::info!(%error, "threads are listed without the index");
                    state.failed = Some(Instant::now());
                }
            }
        }
        look
    }
}

impl State {
    /// Lets the next filling look at everything again.
    fn fill_anew(&mut self) {
        (self.filled, self.todo) = (false, None);
    }
}

impl Look<'_> {
    /// What a list shows of a thread; `None` when it shows nothing.
    pub(crate) fn summarize(&mut self, files: &Files, file: &RolloutFile) -> Result<Option<StoredThread>, StoreError> {
        let path = file.path();
        let metadata = fs::metadata(&path).map_err(|source| StoreError::io(&path, source))?;
        let stamp = Stamp::of(&metadata);
        let key = key(self.home, &path);
        let read = self.news.get(&key).filter(|(_, change)| change.stamp == stamp);
        let read = read.map(|(_, change)| change.thread.clone());
        if let Some(known) = read.or_else(|| self.ask(|database| database.thread(&key, stamp)).flatten()) {
            return Ok(known.map(|mut thread| {
                thread.path = Some(file.unpacked_path().to_string_lossy().into_owned());
                StoredThread { thread, last_token_usage: None, archived: file.archived, damaged_lines: 0 }
            }));
        }
        let summarized = match replay::summarize(files, file.clone()) {
            Err(StoreError::Damaged { .. }) => replay::Summarized { stored: None, settled: true },
            other => other?,
        };
        if summarized.settled {
            let thread = summarized.stored.as_ref().map(|stored| stored.thread.clone());
            let change = Change { key: key.clone(), stamp, thread, text: None };
            self.news.insert(key, (file.clone(), change));
        }
        Ok(summarized.stored)
    }

    /// The threads that may hold a term, which is folded.
    pub(crate) fn candidates(&mut self, term: &str) -> Candidates {
        let question = match (text::question(term), text::pair(term)) {
            (Some(question), _) => question,
            (None, None) => return Candidates::All,
            (None, Some(pair)) => match self.ask(|database| database.parts_from(pair)).flatten() {
                Some(parts) if parts.is_empty() => return Candidates::Known(HashSet::new()),
                Some(parts) => text::any_of(&parts),
                None => return Candidates::All,
            },
        };
        self.ask(|database| database.matching(&question)).map_or(Candidates::All, Candidates::Known)
    }

    /// Whether a file may hold what the candidates were looked for with.
    pub(crate) fn may_hold(&mut self, candidates: &Candidates, file: &RolloutFile) -> bool {
        let Candidates::Known(numbers) = candidates else { return true };
        let path = file.path();
        let Ok(metadata) = fs::metadata(&path) else { return true };
        let key = key(self.home, &path);
        let text = self.ask(|database| database.text(&key, Stamp::of(&metadata))).flatten();
        text.is_none_or(|number| numbers.contains(&number))
    }

    /// Keeps what was read, so that the next list need not read it, and notes it for filling, which adds the texts. Whether
    /// there is anything to fill.
    pub(crate) fn finish(mut self) -> bool {
        let news = std::mem::take(&mut self.news);
        let (files, changes): (BTreeMap<_, _>, Vec<_>) =
            news.into_iter().map(|(key, (file, change))| ((key, file), change)).unzip();
        self.changes = changes;
        self.keep();
        let state = &mut *self.state;
        if !files.is_empty() && (state.filled || state.todo.is_some()) {
            state.todo.get_or_insert_default().extend(files);
        }
        state.database.is_some() && (!state.filled || state.todo.is_some())
    }

    /// Writes what was read; whether the index has it now.
    fn keep(&mut self) -> bool {
        let changes = std::mem::take(&mut self.changes);
        changes.is_empty() || self.ask(|database| database.keep(&changes)).is_some()
    }

    /// Asks the database; one that is broken is made anew, one that fails otherwise is done without this time.
    fn ask<T>(&mut self, question: impl FnOnce(&mut Database) -> rusqlite::Result<T>) -> Option<T> {
        match question(self.state.database.as_mut()?) {
            Ok(answer) => Some(answer),
            Err(error) => {
                tracing::info!(%error, "the index of threads could not be used");
                if codex_utils_database::is_corrupt(&error) {
                    self.state.database = None;
                    self.state.fill_anew();
                    if codex_utils_database::remove(&self.home.join(NAME)).is_err() {
                        self.state.failed = Some(Instant::now());
                    }
                }
                None
            }
        }
    }
}

impl Stamp {
    fn of(metadata: &Metadata) -> Self {
        let since = |moment: std::time::SystemTime| moment.duration_since(std::time::UNIX_EPOCH).ok();
        let modified = metadata.modified().ok().and_then(since).map_or(0, |since| since.as_nanos());
        Self {
            size: i64::try_from(metadata.len()).unwrap_or(i64::MAX),
            modified: i64::try_from(modified).unwrap_or(i64::MAX),
        }
    }
}

/// A file's name in the index: its path below the home, so that a home may be moved.
fn key(home: &Path, path: &Path) -> Box<str> {
    path.strip_prefix(home).unwrap_or(path).to_string_lossy().into()
}

fn io_error(home: &Path) -> impl Fn(io::Error) -> StoreError {
    move |source| StoreError::io(home, source)
}
