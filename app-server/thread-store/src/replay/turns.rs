//! Turns from lines: frames open and close them, items fill them.
//!
//! Paginated lines name the turn of each item. Legacy events mean the turn that is open, and a user message opens one
//! where no frame did. A turn that no line ends was cut short: it is interrupted.

use std::collections::HashMap;

use codex_app_server_protocol::v2::{self, ThreadItem};
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

use crate::line::{camel, camel_keys};

/// The turns of a thread while its lines are read.
pub(crate) struct Turns {
    paginated: bool,
    pub(super) turns: Vec<OpenTurn>,
    by_id: HashMap<String, usize>,
    /// The turn that legacy events mean.
    pub(super) current: Option<usize>,
    /// Numbers for items that legacy events give no id.
    pub(super) next_item: usize,
    /// Numbers the frames, to put turns into their order.
    next_frame: usize,
}

/// A turn and what is known of it so far.
pub(super) struct OpenTurn {
    pub(super) turn: v2::Turn,
    /// The frame line that first named it.
    frame: Option<usize>,
    /// What it is to be when no line ends it.
    unended: v2::TurnStatus,
    by_item: HashMap<String, usize>,
}

/// The lines that frame a turn, as far as they are read.
#[derive(Deserialize)]
pub(crate) struct Frame {
    #[serde(default)]
    pub(crate) turn_id: Option<String>,
    #[serde(default)]
    root_turn_id: Option<String>,
    #[serde(default)]
    pub(crate) started_at: Option<i64>,
    #[serde(default)]
    pub(crate) completed_at: Option<i64>,
    #[serde(default)]
    pub(crate) duration_ms: Option<i64>,
    #[serde(default)]
    pub(crate) error: Option<FrameError>,
}

#[derive(Deserialize)]
pub(crate) struct FrameError {
    message: String,
    #[serde(default)]
    codex_error_info: Value,
}

/// An `item_completed` event.
#[derive(Deserialize)]
pub(crate) struct ItemCompleted<'a> {
    pub(crate) turn_id: String,
    #[serde(borrow)]
    item: &'a RawValue,
    #[serde(default)]
    started_at_ms: Option<i64>,
    #[serde(default)]
    completed_at_ms: Option<i64>,
}

impl Turns {
    pub(crate) fn new(paginated: bool) -> Self {
        Self { paginated, turns: Vec::new(), by_id: HashMap::new(), current: None, next_item: 1, next_frame: 0 }
    }

    /// Takes an event that frames a turn or completes an item. `Ok(false)` when it is another kind of event.
    pub(crate) fn event(&mut self, kind: &str, payload: &RawValue, line: usize) -> Result<bool, serde_json::Error> {
        let json = payload.get();
        match kind {
            "task_started" | "turn_started" => self.started(serde_json::from_str(json)?),
            "task_complete" | "turn_complete" => self.ended(serde_json::from_str(json)?, v2::TurnStatus::Completed),
            "turn_aborted" => self.ended(serde_json::from_str(json)?, v2::TurnStatus::Interrupted),
            "item_completed" => self.item_completed(&serde_json::from_str(json)?)?,
            _ if self.paginated => return Ok(false),
            _ => return self.legacy_event(kind, json, line),
        }
        Ok(true)
    }

    fn started(&mut self, frame: Frame) {
        let Some(id) = frame.turn_id else { return };
        self.close_current();
        let index = self.turn(id, v2::TurnStatus::Interrupted);
        self.framed(index);
        let turn = &mut self.turns[index].turn;
        turn.root_turn_id = frame.root_turn_id;
        turn.started_at = frame.started_at;
        self.turns[index].unended = v2::TurnStatus::Interrupted;
        self.current = Some(index);
    }

    fn ended(&mut self, frame: Frame, status: v2::TurnStatus) {
        let named = frame.turn_id.as_ref().and_then(|id| self.find(id));
        let index = match (named, frame.turn_id) {
            (Some(index), _) => index,
            (None, Some(id)) if self.paginated => self.turn(id, status),
            // A legacy end that fits no turn ends the open one.
            (None, _) => match self.current {
                Some(index) => index,
                None => return,
            },
        };
        self.framed(index);
        if self.current == Some(index) {
            self.current = None;
        }
        let failed = frame.error.is_some();
        let turn = &mut self.turns[index].turn;
        turn.status = if failed { v2::TurnStatus::Failed } else { status };
        turn.error = frame.error.map(FrameError::wire);
        turn.completed_at = frame.completed_at;
        turn.duration_ms = frame.duration_ms;
        if self.paginated {
            turn.root_turn_id = turn.root_turn_id.take().or(frame.root_turn_id);
            turn.started_at = turn.started_at.or(frame.started_at);
        }
    }

    fn item_completed(&mut self, line: &ItemCompleted<'_>) -> Result<(), serde_json::Error> {
        let Some(item) = line.item()? else { return Ok(()) };
        let index = self.turn(line.turn_id.clone(), v2::TurnStatus::Interrupted);
        self.put(index, item);
        Ok(())
    }

    /// The ids of the turns, in the order in which they were first named.
    pub(crate) fn ids(&self) -> impl ExactSizeIterator<Item = &str> + Clone {
        self.turns.iter().map(|turn| turn.turn.id.as_str())
    }

    pub(super) fn find(&self, id: &str) -> Option<usize> {
        self.by_id.get(id).copied()
    }

    /// Whether no frame opened or closed the turn.
    pub(super) fn opened_by_items(&self, index: usize) -> bool {
        self.turns[index].frame.is_none()
    }

    /// The turn with this id; a new one when there is none yet.
    pub(super) fn turn(&mut self, id: String, unended: v2::TurnStatus) -> usize {
        if let Some(index) = self.find(&id) {
            return index;
        }
        let turn = v2::Turn {
            id: id.clone(),
            root_turn_id: None,
            items: Vec::new(),
            items_view: v2::TurnItemsView::Full,
            status: v2::TurnStatus::InProgress,
            error: None,
            started_at: None,
            completed_at: None,
            duration_ms: None,
        };
        let index = self.turns.len();
        self.turns.push(OpenTurn { turn, frame: None, unended, by_item: HashMap::new() });
        self.by_id.insert(id, index);
        index
    }

    /// Notes that a frame named the turn; the first to do so sets its place in a paginated thread.
    fn framed(&mut self, index: usize) {
        let turn = &mut self.turns[index];
        if turn.frame.is_none() {
            turn.frame = Some(self.next_frame);
        }
        self.next_frame += 1;
    }

    /// Ends the turn that legacy events mean, without saying how.
    pub(super) fn close_current(&mut self) {
        self.current = None;
    }

    /// Puts an item into a turn; one of the same id takes the place of the earlier.
    pub(super) fn put(&mut self, index: usize, item: ThreadItem) {
        let turn = &mut self.turns[index];
        let at = *turn.by_item.entry(item.kind.id().to_owned()).or_insert(turn.turn.items.len());
        match turn.turn.items.get_mut(at) {
            Some(earlier) => *earlier = item,
            None => turn.turn.items.push(item),
        }
    }

    /// Takes back the last turns.
    pub(super) fn drop_last(&mut self, count: usize) {
        self.current = None;
        self.turns.truncate(self.turns.len().saturating_sub(count));
        let kept = self.turns.len();
        self.by_id.retain(|_, index| *index < kept);
        self.next_item = 1 + self.turns.iter().map(|turn| turn.turn.items.len()).sum::<usize>();
    }

    /// All turns, oldest first.
    pub(crate) fn finish(self) -> Vec<v2::Turn> {
        self.finish_told().into_iter().map(|(turn, _)| turn).collect()
    }

    /// All turns, oldest first, each with whether a line ended it.
    pub(crate) fn finish_told(mut self) -> Vec<(v2::Turn, bool)> {
        if self.paginated {
            // Items may stand before the line that frames their turn; the frames' order counts. A turn without any
            // (its lines were damaged) stays where its first item stood.
            let mut place = 0;
            for turn in &mut self.turns {
                match turn.frame {
                    Some(frame) => place = place.max(frame),
                    None => turn.frame = Some(place),
                }
            }
            self.turns.sort_by_key(|turn| turn.frame);
        }
        let ended = self.turns.into_iter().map(|mut open| {
            let ended = open.turn.status != v2::TurnStatus::InProgress;
            if !ended {
                open.turn.status = open.unended;
            }
            (open.turn, ended)
        });
        ended.collect()
    }
}

impl ItemCompleted<'_> {
    /// The item; `Ok(None)` for a kind that this version does not know.
    pub(crate) fn item(&self) -> Result<Option<ThreadItem>, serde_json::Error> {
        let kind = crate::line::CoreItem::read(self.item)?;
        let (started_at_ms, completed_at_ms) = (self.started_at_ms, self.completed_at_ms);
        Ok(kind.map(|kind| ThreadItem { kind, started_at_ms, completed_at_ms }))
    }
}

impl FrameError {
    pub(crate) fn wire(self) -> v2::TurnError {
        let info = match self.codex_error_info {
            Value::Null => None,
            Value::String(word) => Some(Value::String(camel(&word))),
            other => Some(camel_keys(other)),
        };
        let info = info.map(|info| match serde_json::from_value(info) {
            Ok(v2::CodexErrorInfo::Unknown(_)) | Err(_) => v2::CodexErrorInfo::Other,
            Ok(known) => known,
        });
        v2::TurnError { message: self.message, codex_error_info: info, additional_details: None, misalignment: None }
    }
}
