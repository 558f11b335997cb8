//! Reading threads back from their files.
//!
//! A thread's history is a chain of files: a fork goes on from its base, a reverted thread from its own older file. Files
//! are read line by line; what cannot be read is counted and skipped.

mod cut;
mod history;
mod legacy;
mod lines;
mod meta;
mod turns;

use std::fs::File;
use std::io::{self, BufReader};
use std::path::Path;

use codex_app_server_protocol::v2::{self, ThreadItemKind};
use serde::Deserialize;
use serde_json::value::RawValue;

use self::history::Gathering;
use self::lines::{EventHead, Head, Line, Lines};
use self::meta::{SessionMetaLine, Summary};
use self::turns::Turns;
use crate::files::{Files, RolloutFile};
use crate::line::CoreItem;
use crate::{Cut, History, HistoryBase, StoreError, StoredThread};

pub(crate) use self::meta::millis;

/// How much is read at a time.
const BUFFER: usize = 128 * 1024;
/// The same for lists, which need little of a file.
const HEAD_BUFFER: usize = 16 * 1024;
/// How far into a file a list looks for a user message.
const HEAD: u64 = 16 * 1024 * 1024;
/// How much of a file's end a list looks at for the settings that apply last.
const TAIL: u64 = 32 * 1024;
/// Files one thread's history may go through.
const MAX_CHAIN: usize = 64;

/// A part of a thread's history: a file, up to a place in it.
struct Segment {
    file: RolloutFile,
    end: u64,
}

/// What the lines of a thread came to.
struct Replay {
    summary: Summary,
    turns: Option<Turns>,
    /// The model's history, where it is wanted.
    history: Option<Gathering>,
    damaged: usize,
    /// The number of the next line among those that mean something.
    line: usize,
    /// The ordinal of the next line.
    ordinal: u64,
}

/// A place between two lines of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Place {
    offset: u64,
    /// The ordinal of the line behind it.
    ordinal: u64,
}

/// Reads one thread in full; its turns only when asked for.
pub(crate) fn read(files: &Files, file: RolloutFile, with_turns: bool) -> Result<StoredThread, StoreError> {
    let path = file.path();
    let archived = file.archived;
    let (summary, segments) = open(files, file)?;
    let mut replay = Replay { turns: with_turns.then(|| Turns::new(summary.meta.paginated())), ..Replay::new(summary) };
    for segment in &segments {
        replay.segment(segment).map_err(|source| StoreError::io(&segment.file.path(), source))?;
    }
    let mut stored = stored(&path, archived, &replay.summary)?;
    stored.last_token_usage = replay.summary.usage.take();
    stored.damaged_lines = replay.damaged;
    stored.thread.turns = replay.turns.map(Turns::finish).unwrap_or_default();
    Ok(stored)
}

/// Reads what a thread goes on from.
///
/// # Errors
/// [`StoreError::TurnNotFound`] when it is to be cut at a turn that it does not have.
pub(crate) fn history(files: &Files, file: RolloutFile, cut: &Cut, with_turns: bool) -> Result<History, StoreError> {
    let (path, archived) = (file.path(), file.archived);
    let (summary, segments) = open(files, file)?;
    let segments = cut::apply(segments, cut, &summary)?;
    let mut replay = Replay {
        turns: with_turns.then(|| Turns::new(summary.meta.paginated())),
        history: Some(Gathering::default()),
        ..Replay::new(summary)
    };
    let mut end = None;
    for segment in &segments {
        let place = replay.segment(segment).map_err(|source| StoreError::io(&segment.file.path(), source))?;
        let thread_id = Some(segment.file.thread_id()).filter(|id| !id.is_empty()).unwrap_or(&replay.summary.meta.id);
        end = Some(HistoryBase {
            thread_id: thread_id.to_owned(),
            end_ordinal_exclusive: place.ordinal,
            end_byte_offset: place.offset,
        });
    }
    let mut stored = stored(&path, archived, &replay.summary)?;
    stored.last_token_usage = replay.summary.usage.take();
    stored.damaged_lines = replay.damaged;
    stored.thread.turns = replay.turns.map(Turns::finish).unwrap_or_default();
    replay.history.unwrap_or_default().finish(&path, stored, end, replay.ordinal)
}

/// What a list shows of a thread; `None` when it has no user message.
pub(crate) fn summarize(files: &Files, file: RolloutFile) -> Result<Option<StoredThread>, StoreError> {
    let path = file.path();
    let archived = file.archived;
    let io = |source| StoreError::io(&path, source);
    let mut lines = open_lines(&path, HEAD_BUFFER).map_err(io)?;
    let summary = metadata(&mut lines, &path)?;
    let mut replay = Replay::new(summary);
    if replay.summary.meta.history_base().is_some() {
        let (summary, segments) = open(files, file)?;
        replay.summary = summary;
        for segment in &segments {
            let io = |source| StoreError::io(&segment.file.path(), source);
            let mut lines = open_lines(&segment.file.path(), HEAD_BUFFER).map_err(io)?;
            replay.ends(&mut lines, segment.end).map_err(io)?;
        }
    } else {
        replay.ends(&mut lines, u64::MAX).map_err(io)?;
    }
    if replay.summary.preview.is_none() {
        return Ok(None);
    }
    stored(&path, archived, &replay.summary).map(Some)
}

type FileLines = Lines<BufReader<File>>;

fn open_lines(path: &Path, buffer: usize) -> io::Result<FileLines> {
    Ok(Lines::new(BufReader::with_capacity(buffer, File::open(path)?)))
}

fn stored(path: &Path, archived: bool, summary: &Summary) -> Result<StoredThread, StoreError> {
    let metadata = path.metadata().and_then(|metadata| metadata.modified());
    let modified = metadata.map_err(|source| StoreError::io(path, source))?;
    let thread = summary.thread(path, modified).ok_or_else(|| StoreError::Damaged { path: path.to_owned() })?;
    Ok(StoredThread { thread, last_token_usage: None, archived, damaged_lines: 0 })
}

/// The metadata of a thread and the files of its history, oldest first.
fn open(files: &Files, file: RolloutFile) -> Result<(Summary, Vec<Segment>), StoreError> {
    let mut summary = metadata_of(&file.path())?;
    let mut base = summary.meta.history_base();
    let mut segments = vec![Segment { file, end: u64::MAX }];
    while let (Some(link), true) = (base.take(), segments.len() < MAX_CHAIN) {
        let Some(newer) = segments.last() else { break };
        let older = files
            .base_of(&newer.file, &link.thread_id, |file| begins_before(file, link.end_ordinal_exclusive))
            .map_err(|source| StoreError::io(files.home(), source))?;
        let Some(older) = older else {
            tracing::warn!(path = %newer.file.path().display(), base = link.thread_id, "the history a thread goes on from is gone");
            break;
        };
        let Ok(older_summary) = metadata_of(&older.path()) else { break };
        base = older_summary.meta.history_base();
        if link.thread_id == summary.meta.id {
            summary.created_with(&older_summary);
        }
        segments.push(Segment { file: older, end: link.end_byte_offset });
    }
    segments.reverse();
    Ok((summary, segments))
}

/// Whether a file has lines below an ordinal. One that was begun after a revert goes on from an older place than the file
/// before it, and has none.
fn begins_before(file: &RolloutFile, end: Option<u64>) -> bool {
    let first = || {
        let mut lines = open_lines(&file.path(), HEAD_BUFFER).ok()?;
        match lines.next(u64::MAX).ok()?? {
            Line::Text(text) => serde_json::from_slice::<Head<'_>>(text).ok()?.ordinal,
            _ => None,
        }
    };
    end.is_none_or(|end| first().is_none_or(|first| first < end))
}

/// The first session metadata of a file: what stands there is true of the file, later ones came with copied lines.
fn metadata(lines: &mut FileLines, path: &Path) -> Result<Summary, StoreError> {
    while let Some(line) = lines.next(u64::MAX).map_err(|source| StoreError::io(path, source))? {
        let Line::Text(text) = line else { continue };
        let Ok(head) = serde_json::from_slice::<Head<'_>>(text) else { continue };
        if head.kind == "session_meta"
            && let Ok(meta) = serde_json::from_str::<SessionMetaLine>(head.payload.get())
        {
            return Ok(Summary::new(meta, head.timestamp.into_owned()));
        }
    }
    Err(StoreError::Damaged { path: path.to_owned() })
}

/// The thread that a file says it belongs to.
pub(crate) fn thread_id_of(path: &Path) -> Result<String, StoreError> {
    metadata_of(path).map(|summary| summary.meta.id)
}

fn metadata_of(path: &Path) -> Result<Summary, StoreError> {
    let mut lines = open_lines(path, HEAD_BUFFER).map_err(|source| StoreError::io(path, source))?;
    metadata(&mut lines, path)
}

impl Replay {
    fn new(summary: Summary) -> Self {
        Self { summary, turns: None, history: None, damaged: 0, line: 0, ordinal: 0 }
    }

    /// Takes all lines of a segment, and tells where they end. A torn last line is read, but does not count.
    fn segment(&mut self, segment: &Segment) -> io::Result<Place> {
        let mut lines = open_lines(&segment.file.path(), BUFFER)?;
        let mut end = Place { offset: 0, ordinal: self.ordinal };
        while let Some(line) = lines.next(segment.end)? {
            self.any_line(&line);
            if lines.is_whole() {
                end = Place { offset: lines.offset(), ordinal: self.ordinal };
            }
        }
        Ok(end)
    }

    /// Takes lines until the first user message, then the last settings from the end as far as it was not read yet.
    fn ends(&mut self, lines: &mut FileLines, end: u64) -> io::Result<()> {
        while self.summary.preview.is_none()
            && let Some(line) = lines.next(end.min(HEAD))?
        {
            self.any_line(&line);
        }
        let end = lines.length()?.min(end);
        lines.skip_to(end.saturating_sub(TAIL))?;
        // The first line may be cut: it then is no JSON, or lacks what every line has.
        while let Some(line) = lines.next(end)? {
            if let Line::Text(text) = line
                && let Ok(head) = serde_json::from_slice::<Head<'_>>(text)
                && head.kind == "turn_context"
            {
                let _ = self.summary.turn_context(head.payload);
            }
        }
        Ok(())
    }

    fn any_line(&mut self, line: &Line<'_>) {
        match line {
            Line::Blank => {}
            Line::TooLong => self.damaged += 1,
            Line::Text(text) => match self.text(text) {
                Ok(true) => self.line += 1,
                Ok(false) => {}
                Err(error) => {
                    tracing::debug!(%error, "a line of a rollout was skipped");
                    self.damaged += 1;
                }
            },
        }
    }

    /// `Ok(false)` for kinds that this version does not know.
    fn text(&mut self, text: &[u8]) -> Result<bool, serde_json::Error> {
        let head: Head<'_> = serde_json::from_slice(text)?;
        self.ordinal = head.ordinal.map_or(self.ordinal, |ordinal| ordinal.saturating_add(1));
        if let Some(history) = &mut self.history {
            history.take(&head)?;
        }
        match &*head.kind {
            "event_msg" => self.event(head.payload),
            "turn_context" => self.summary.turn_context(head.payload).map(|()| true),
            "session_meta" | "response_item" | "world_state" | "token_usage_record" | "compacted"
            | "retained_context" => Ok(true),
            _ => Ok(false),
        }
    }

    fn event(&mut self, payload: &RawValue) -> Result<bool, serde_json::Error> {
        let head: EventHead<'_> = serde_json::from_str(payload.get())?;
        match &*head.kind {
            "token_count" => return self.summary.token_count(payload).map(|()| true),
            "thread_settings_applied" => return Ok(true),
            _ => {}
        }
        if self.summary.preview.is_none()
            && let Some((text, has_image)) = user_message(&head.kind, payload, self.summary.meta.paginated())?
        {
            self.summary.user_message(&text, has_image);
        }
        match &mut self.turns {
            Some(turns) => turns.event(&head.kind, payload, self.line),
            None => Ok(true),
        }
    }
}

/// The text of a user message and whether it has an image; `None` for other events.
fn user_message(kind: &str, payload: &RawValue, paginated: bool) -> Result<Option<(String, bool)>, serde_json::Error> {
    #[derive(Deserialize)]
    struct Completed<'a> {
        #[serde(borrow)]
        item: &'a RawValue,
    }
    let content = match (kind, paginated) {
        ("user_message", false) => legacy::user_inputs(payload.get())?,
        ("item_completed", true) => {
            let completed: Completed<'_> = serde_json::from_str(payload.get())?;
            match CoreItem::read(completed.item)? {
                Some(ThreadItemKind::UserMessage { content, .. }) => content,
                _ => return Ok(None),
            }
        }
        _ => return Ok(None),
    };
    let texts = content.iter().filter_map(|input| match input {
        v2::UserInput::Text { text, .. } => Some(text.as_str()),
        _ => None,
    });
    let is_image = |input| matches!(input, &v2::UserInput::Image { .. } | &v2::UserInput::LocalImage { .. });
    Ok(Some((texts.collect(), content.iter().any(is_image))))
}
