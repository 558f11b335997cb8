//! Filling the index with what it does not have yet, while nobody lists or before the first search: a slice at
//! a time, so that other reads get in between.

use std::collections::HashSet;
use std::fs;
use std::time::{Duration, Instant};

use super::database::{Change, Stamp};
use super::{Index, Look, io_error, key, text};
use crate::files::{Files, RolloutFile};
use crate::{StoreError, replay};

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

impl Index {
    /// How long to wait before a slice is filled.
    pub(crate) fn wait(&self, pace: Pace) -> Duration {
        match pace {
            Pace::AtOnce => Duration::ZERO,
            Pace::Quiet => self.quiet_in(),
        }
    }

    /// Fills for a while; `false` when there is nothing left to do.
    pub(crate) fn fill(&self, files: &Files, pace: Pace) -> Result<bool, StoreError> {
        let mut look = self.open();
        if pace == Pace::AtOnce && look.state.filled {
            return Ok(false);
        }
        // Whoever fills goes on only after an answer that there is more.
        look.state.filling = false;
        if look.state.database.is_none() {
            look.state.todo = None;
            return Ok(false);
        }
        let mut todo = match look.state.todo.take() {
            Some(todo) => todo,
            None => look.begin(files)?,
        };
        let begin = Instant::now();
        while let Some(file) = todo.pop() {
            look.take(files, file);
            if begin.elapsed() > SLICE {
                break;
            }
        }
        look.keep();
        let more = !todo.is_empty();
        look.state.filled |= !more;
        look.state.filling = more;
        look.state.todo = more.then_some(todo);
        Ok(more)
    }
}

impl Look<'_> {
    /// What there is, the newest last; what the index has of other files is forgotten.
    fn begin(&mut self, files: &Files) -> Result<Vec<RolloutFile>, StoreError> {
        let mut todo = files.listed().map_err(io_error(files.home()))?;
        let present: HashSet<Box<str>> = todo.iter().map(|file| key(files.home(), &file.path())).collect();
        self.ask(|database| database.forget_others(&present));
        todo.reverse();
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
