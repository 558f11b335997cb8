//! Reading threads back from their files.
//!
//! A thread's history is a chain of files: a fork goes on from its base, a reverted thread from its own older file. Files
//! are read line by line; what cannot be read is counted and skipped.

mod cut;
mod history;
mod legacy;
mod lines;
mod messages;
mod meta;
mod turns;

use std::fs::File;
use std::io::{self, BufReader, Read, Seek, SeekFrom};

use codex_app_server_protocol::v2::{self, ThreadItemKind};
use memchr::memmem;
use serde::Deserialize;
use serde_json::value::RawValue;

use self::history::Gathering;
use self::meta::{BaseLink, SessionMetaLine};
use crate::files::{Files, RolloutFile};
use crate::line::CoreItem;
use crate::packed::Bytes;
use crate::{Cut, DatedThread, History, HistoryBase, StoreError, StoredThread, pages};

pub(crate) use self::lines::{EventHead, Head, Line, Lines, MAX_LINE};
use self::messages::is_whole;
pub(crate) use self::messages::messages;
pub(crate) use self::meta::{Summary, millis};
pub(crate) use self::turns::{Frame, FrameError, ItemCompleted, Turns};

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
pub(crate) struct Segment {
    pub(crate) file: RolloutFile,
    /// In bytes of the file as it is unpacked.
    pub(crate) end: u64,
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

/// Reads one thread in full; its turns only when asked for. Without them, one whose lines are numbered is read no further
/// than needed.
pub(crate) fn read(files: &Files, file: RolloutFile, with_turns: bool) -> Result<StoredThread, StoreError> {
    let newest = file.clone();
    let (summary, segments) = open(files, file)?;
    if !with_turns && summary.is_numbered() {
        let (mut summary, _) = overview(files, newest.clone())?;
        pages::add_last(&segments, &mut summary)?;
        let stored = stored(&newest, &summary)?;
        return Ok(StoredThread { last_token_usage: summary.usage, ..stored });
    }
    let mut replay = Replay { turns: with_turns.then(|| Turns::new(summary.meta.paginated())), ..Replay::new(summary) };
    for segment in &segments {
        replay.segment(segment)?;
    }
    let mut stored = stored(&newest, &replay.summary)?;
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
    let newest = file.clone();
    let (summary, segments) = open(files, file)?;
    let segments = cut::apply(segments, cut, &summary)?;
    let mut replay = Replay {
        turns: with_turns.then(|| Turns::new(summary.meta.paginated())),
        history: Some(Gathering::default()),
        ..Replay::new(summary)
    };
    let mut end = None;
    for segment in &segments {
        let place = replay.segment(segment)?;
        let thread_id = Some(segment.file.thread_id()).filter(|id| !id.is_empty()).unwrap_or(&replay.summary.meta.id);
        end = Some(HistoryBase {
            thread_id: thread_id.to_owned(),
            end_ordinal_exclusive: place.ordinal,
            end_byte_offset: place.offset,
        });
    }
    let mut stored = stored(&newest, &replay.summary)?;
    stored.last_token_usage = replay.summary.usage.take();
    stored.damaged_lines = replay.damaged;
    stored.thread.turns = replay.turns.map(Turns::finish).unwrap_or_default();
    replay.history.unwrap_or_default().finish(&newest, stored, end, replay.ordinal)
}

/// What a list shows of a thread.
pub(crate) struct Summarized {
    /// The thread; `None` when it has no user message.
    pub(crate) stored: Option<StoredThread>,
    /// Whether nothing but a change of its own file can change it: no older file is missing.
    pub(crate) settled: bool,
}

/// Reads what a list shows of a thread, and no more of its files than that takes.
pub(crate) fn summarize(files: &Files, file: RolloutFile) -> Result<Summarized, StoreError> {
    let (summary, settled) = overview(files, file.clone())?;
    let stored = summary.preview.is_some().then(|| stored(&file, &summary)).transpose()?;
    Ok(Summarized { stored, settled })
}

/// The same of any thread, with its times to the millisecond.
pub(crate) fn dated(files: &Files, file: RolloutFile) -> Result<DatedThread, StoreError> {
    let (summary, _) = overview(files, file.clone())?;
    let modified = file.modified().map_err(|source| StoreError::io(&file.path(), source))?;
    let created = jiff::Timestamp::from_millisecond(summary.created_ms()).unwrap_or_default();
    let updated = jiff::Timestamp::try_from(modified).unwrap_or_default();
    Ok(DatedThread { stored: stored(&file, &summary)?, created, updated })
}

/// What the beginning and the end of a thread's files tell, and whether no older file is missing.
fn overview(files: &Files, file: RolloutFile) -> Result<(Summary, bool), StoreError> {
    let mut lines = Lines::new(file.read(HEAD_BUFFER)?);
    let summary = metadata(&mut lines, &file)?;
    let mut replay = Replay::new(summary);
    let mut settled = true;
    if replay.summary.meta.history_base().is_some() {
        let (summary, segments) = open(files, file)?;
        replay.summary = summary;
        settled = is_whole(&segments);
        for segment in &segments {
            let mut lines = Lines::new(segment.file.read(HEAD_BUFFER)?);
            replay.ends(&mut lines, segment).map_err(|source| segment.file.failed(source))?;
        }
    } else {
        let whole = Segment { file, end: u64::MAX };
        replay.ends(&mut lines, &whole).map_err(|source| whole.file.failed(source))?;
    }
    Ok((replay.summary, settled))
}

/// What was found in one file.
pub(crate) struct Inspection {
    /// Lines that cannot be read, but for a torn last one.
    pub(crate) damaged: usize,
    /// Whether the last line has no end.
    pub(crate) torn: bool,
    /// Whether every file that this one goes on from is there.
    pub(crate) whole: bool,
}

/// Reads every line of a file.
pub(crate) fn inspect(files: &Files, file: RolloutFile) -> Result<Inspection, StoreError> {
    let (summary, segments) = open(files, file.clone())?;
    let mut replay = Replay { turns: Some(Turns::new(summary.meta.paginated())), ..Replay::new(summary) };
    let mut lines = Lines::new(file.read(BUFFER)?);
    let mut before = 0;
    while let Some(line) = lines.next(u64::MAX).map_err(|source| file.failed(source))? {
        before = replay.damaged;
        replay.any_line(&line);
    }
    let torn = !lines.is_whole();
    let damaged = if torn { before } else { replay.damaged };
    Ok(Inspection { damaged, torn, whole: is_whole(&segments) })
}

type FileLines = Lines<Bytes>;

fn stored(file: &RolloutFile, summary: &Summary) -> Result<StoredThread, StoreError> {
    let modified = file.modified().map_err(|source| StoreError::io(&file.path(), source))?;
    let path = file.unpacked_path();
    let thread = summary.thread(&path, modified).ok_or(StoreError::Damaged { path })?;
    Ok(StoredThread { thread, last_token_usage: None, archived: file.archived, damaged_lines: 0 })
}

/// The metadata of a thread and the files of its history, oldest first.
pub(crate) fn open(files: &Files, file: RolloutFile) -> Result<(Summary, Vec<Segment>), StoreError> {
    let mut summary = metadata_of(&file)?;
    let mut base = summary.meta.history_base();
    let mut segments = vec![Segment { file, end: u64::MAX }];
    while let (Some(link), true) = (base.take(), segments.len() < MAX_CHAIN) {
        let Some(newer) = segments.last() else { break };
        let holds = |file: &RolloutFile| begins_before(file, link.end_ordinal_exclusive);
        let base_of = |holds: &dyn Fn(&RolloutFile) -> bool| files.base_of(&newer.file, &link.thread_id, holds);
        // Files of one second cannot be told apart by their names.
        let older = match base_of(&|file| holds(file) && has_place(file, &link)) {
            Ok(None) => base_of(&holds),
            older => older,
        };
        let older = older.map_err(|source| StoreError::io(files.home(), source))?;
        let Some(older) = older else {
            tracing::warn!(path = %newer.file.path().display(), base = link.thread_id, "the history a thread goes on from is gone");
            break;
        };
        let Ok(older_summary) = metadata_of(&older) else { break };
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
        let mut lines = Lines::new(file.read(HEAD_BUFFER).ok()?);
        match lines.next(u64::MAX).ok()?? {
            Line::Text(text) => serde_json::from_slice::<Head<'_>>(text).ok()?.ordinal,
            _ => None,
        }
    };
    end.is_none_or(|end| first().is_none_or(|first| first < end))
}

/// Whether a place is one between two lines of a file, as far as the ordinal of the next line tells.
fn has_place(file: &RolloutFile, place: &BaseLink) -> bool {
    let end = place.end_byte_offset;
    let look = || -> Result<bool, StoreError> {
        let mut whole = file.open_whole()?;
        let failed = |source| file.failed(source);
        if whole.metadata().map_err(failed)?.len() < end {
            return Ok(false);
        }
        let newline = end.saturating_sub(1);
        whole.seek(SeekFrom::Start(newline)).map_err(failed)?;
        let mut lines = Lines::at(BufReader::with_capacity(HEAD_BUFFER, whole), newline);
        if end > 0 && !matches!(lines.next(end).map_err(failed)?, Some(Line::Blank)) {
            return Ok(false);
        }
        let Some(Line::Text(next)) = lines.next(u64::MAX).map_err(failed)? else { return Ok(true) };
        let ordinal = serde_json::from_slice::<Head<'_>>(next).ok().and_then(|head| head.ordinal);
        Ok(ordinal.is_none() || place.end_ordinal_exclusive.is_none() || ordinal == place.end_ordinal_exclusive)
    };
    look().unwrap_or(false)
}

/// The first session metadata of a file: what stands there is true of the file, later ones came with copied lines.
fn metadata(lines: &mut FileLines, file: &RolloutFile) -> Result<Summary, StoreError> {
    while let Some(line) = lines.next(u64::MAX).map_err(|source| file.failed(source))? {
        let Line::Text(text) = line else { continue };
        let Ok(head) = serde_json::from_slice::<Head<'_>>(text) else { continue };
        if head.kind == "session_meta"
            && let Ok(meta) = serde_json::from_str::<SessionMetaLine>(head.payload.get())
        {
            return Ok(Summary::new(meta, &head));
        }
    }
    Err(StoreError::Damaged { path: file.path() })
}

/// The thread that a file says it belongs to.
pub(crate) fn thread_id_of(file: &RolloutFile) -> Result<String, StoreError> {
    metadata_of(file).map(|summary| summary.meta.id)
}

fn metadata_of(file: &RolloutFile) -> Result<Summary, StoreError> {
    metadata(&mut Lines::new(file.read(HEAD_BUFFER)?), file)
}

impl Replay {
    fn new(summary: Summary) -> Self {
        Self { summary, turns: None, history: None, damaged: 0, line: 0, ordinal: 0 }
    }

    /// Takes all lines of a segment, and tells where they end. A torn last line is read, but does not count.
    fn segment(&mut self, segment: &Segment) -> Result<Place, StoreError> {
        let mut lines = Lines::new(segment.file.read(BUFFER)?);
        let mut end = Place { offset: 0, ordinal: self.ordinal };
        while let Some(line) = lines.next(segment.end).map_err(|source| segment.file.failed(source))? {
            self.any_line(&line);
            if lines.is_whole() {
                end = Place { offset: lines.offset(), ordinal: self.ordinal };
            }
        }
        Ok(end)
    }

    /// Takes lines until the first user message, then the last settings from the end.
    fn ends(&mut self, lines: &mut FileLines, segment: &Segment) -> io::Result<()> {
        while self.summary.preview.is_none()
            && let Some(line) = lines.next(segment.end.min(HEAD))?
        {
            self.any_line(&line);
        }
        if segment.file.is_packed() {
            // There is no way to its end but through it.
            while let Some(line) = lines.next(segment.end)? {
                self.last_settings(&line);
            }
            return Ok(());
        }
        let mut file = File::open(segment.file.path())?;
        let end = file.metadata()?.len().min(segment.end);
        let begin = end.saturating_sub(TAIL);
        file.seek(SeekFrom::Start(begin))?;
        let mut tail = Vec::new();
        file.take(end - begin).read_to_end(&mut tail)?;
        // The first line may be cut: it then is no JSON, or lacks what every line has.
        let mut lines = Lines::new(tail.as_slice());
        while let Some(line) = lines.next(u64::MAX)? {
            self.last_settings(&line);
        }
        Ok(())
    }

    /// Takes the settings of a line that tells them.
    fn last_settings(&mut self, line: &Line<'_>) {
        if let Line::Text(text) = line
            && memmem::find(text, b"turn_context").is_some()
            && let Ok(head) = serde_json::from_slice::<Head<'_>>(text)
            && head.kind == "turn_context"
        {
            let _ = self.summary.turn_context(head.payload);
        }
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
