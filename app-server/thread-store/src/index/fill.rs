//! Filling the index with what it does not have yet, while nobody lists or before the first search: a slice at
//! a time, so that other reads get in between.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::time::{Duration, Instant};

use super::database::{Change, Stamp};
use super::{Index, Look, io_error, key, text};
use crate::files::{Files, RolloutFile};
use crate::{StoreError, replay};

/// How long nobody must have listed or searched before it is filled: lists do well without it and do not wait for it.
const QUIET: Duration = Duration::from_millis(300);
/// How long filling waits for that. Then it goes on beside the lists: each waits for one slice at most.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long a slice lasts, but for the file it ends with.
const SLICE: Duration = Duration::from_millis(5);
/// The longest text of one thread that is kept for searching. The texts of longer ones are read when a search comes to them.
const MAX_TEXT: usize = 16 * 1024 * 1024;

/// How the index is filled.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Pace {
    /// While nobody lists or searches.
    Quiet,
    /// For a search, which would read every file otherwise; what changed since it was filled once the search reads itself.
    AtOnce,
}

/// When lists leave time for filling.
#[derive(Default)]
pub(super) struct Calm {
    /// When someone listed or searched last.
    used: Option<Instant>,
    /// Since when someone fills or waits to.
    filling: Option<Instant>,
}

impl Calm {
    /// Someone lists or searches.
    pub(super) fn used(&mut self, now: Instant) {
        self.used = Some(now);
    }

    /// Whether it falls to the caller to fill.
    pub(super) fn claim(&mut self, now: Instant) -> bool {
        let is_free = self.filling.is_none();
        self.filling.get_or_insert(now);
        is_free
    }

    /// How long to wait before a slice is filled.
    pub(super) fn wait(&self, now: Instant) -> Duration {
        let rest = |since: Option<Instant>, whole: Duration| {
            since.map_or(Duration::ZERO, |since| whole.saturating_sub(now.saturating_duration_since(since)))
        };
        rest(self.used, QUIET).min(rest(self.filling, PATIENCE))
    }
}

impl Index {
    /// Whether it falls to the caller to fill: nobody else does.
    pub(crate) fn claim_filling(&self) -> bool {
        self.calm().claim(Instant::now())
    }

    /// Leaves the rest to who claims it next.
    pub(crate) fn give_up_filling(&self) {
        self.calm().filling = None;
    }

    /// How long to wait before a slice is filled.
    pub(crate) fn wait(&self, pace: Pace) -> Duration {
        match pace {
            Pace::AtOnce => Duration::ZERO,
            Pace::Quiet => self.calm().wait(Instant::now()),
        }
    }

    /// Fills for a while; `false` when there is nothing left to do.
    pub(crate) fn fill(&self, files: &Files, pace: Pace) -> Result<bool, StoreError> {
        let mut look = self.open();
        let more = look.fill(files, pace);
        // While nobody can note more to do.
        if !matches!(more, Ok(true)) && look.state.todo.is_none() {
            self.give_up_filling();
        }
        more
    }
}

impl Look<'_> {
    fn fill(&mut self, files: &Files, pace: Pace) -> Result<bool, StoreError> {
        if self.state.database.is_none() {
            self.state.fill_anew();
            return Ok(false);
        }
        if self.state.filled && (pace == Pace::AtOnce || self.state.todo.is_none()) {
            return Ok(false);
        }
        let mut todo = match self.state.todo.take() {
            Some(todo) => todo,
            None => self.begin(files)?,
        };
        let begin = Instant::now();
        // The newest first, archived ones last.
        while let Some((_, file)) = todo.pop_last() {
            self.take(files, file);
            if begin.elapsed() > SLICE {
                break;
            }
        }
        if !self.keep() {
            // Someone else writes, or nobody can: the next list lets it be tried again.
            self.state.fill_anew();
            return Ok(false);
        }
        let more = !todo.is_empty();
        self.state.filled |= !more;
        self.state.todo = more.then_some(todo);
        Ok(more)
    }

    /// What there is; what the index has of other files is forgotten.
    fn begin(&mut self, files: &Files) -> Result<BTreeMap<Box<str>, RolloutFile>, StoreError> {
        let listed = files.listed().map_err(io_error(files.home()))?;
        let todo: BTreeMap<_, _> = listed.into_iter().map(|file| (key(files.home(), &file.path()), file)).collect();
        let present: HashSet<&str> = todo.keys().map(|key| &**key).collect();
        self.ask(|database| database.forget_others(&present));
        Ok(todo)
    }

    /// Reads a file, unless the index has all of it. One that cannot be read is left to those who ask for it.
    fn take(&mut self, files: &Files, file: RolloutFile) {
        let path = file.path();
        let Ok(metadata) = fs::metadata(&path) else { return };
        let (key, stamp) = (key(self.home, &path), Stamp::of(&metadata));
        if self.ask(|database| database.text(&key, stamp)).flatten().is_some() {
            return;
        }
        let summarized = match replay::summarize(files, file.clone()) {
            Err(StoreError::Damaged { .. }) => {
                self.changes.push(Change { key, stamp, thread: None, text: Some(String::new()) });
                return;
            }
            Ok(summarized) if summarized.settled => summarized,
            _ => return,
        };
        let mut said = String::new();
        let whole = replay::messages(files, file, &mut |message| {
            said.push_str(&text::folded(message));
            said.push('\n');
            said.len() <= MAX_TEXT
        });
        if matches!(whole, Ok(true)) {
            let text = (said.len() <= MAX_TEXT).then_some(said);
            self.changes.push(Change { key, stamp, thread: summarized.stored.map(|stored| stored.thread), text });
        }
    }
}
