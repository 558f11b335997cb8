//! One answer on its way: the events, each when it is due. Long texts are made into deltas as they are asked for.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};
use tokio::time::{Instant, sleep_until};

use super::facts::Facts;
use super::script::{Answer, Call, CustomCall, Ending, Item, ItemContent, Pace, ScriptUsage};
use crate::error::ModelError;
use crate::event::{OutputItem, ResponseEvent, Usage};
use crate::failure::{from_code, incomplete};
use crate::json::raw;
use crate::request::ModelRequest;
use crate::responses::decode_item;
use crate::stream::Queue;

/// Length of a delta when nobody says otherwise.
const DELTA_CHARS: usize = 16;
/// How many events are queued at once, before others get their turn.
const BATCH: usize = 256;
/// The longest text that `repeat` may make, in bytes.
const MAX_TEXT: usize = 256 * 1024 * 1024;
/// Bytes of text that count as a token where usage is estimated.
const BYTES_PER_TOKEN: usize = 4;

/// One answer on its way.
#[derive(Debug)]
pub(crate) struct Player {
    beats: VecDeque<Beat>,
    ending: Ending,
    /// When the next beat may come; kept over dropped futures.
    due: Option<Instant>,
    started: bool,
}

#[derive(Debug)]
enum Beat {
    Pause(u64),
    Event(Box<ResponseEvent>),
    Text(Text),
}

/// The deltas of a message.
#[derive(Debug)]
struct Text {
    item_id: Arc<str>,
    pieces: Vec<String>,
    delays_ms: Vec<u64>,
    delay_ms: u64,
    sent: u64,
    total: u64,
}

impl Text {
    fn delay(&self) -> u64 {
        let index = (self.sent % self.pieces.len().max(1) as u64) as usize;
        self.delays_ms.get(index).copied().unwrap_or(self.delay_ms)
    }

    fn next(&mut self) -> Option<ResponseEvent> {
        let delta = self.pieces.get((self.sent % self.pieces.len().max(1) as u64) as usize)?.clone();
        self.sent += 1;
        Some(ResponseEvent::OutputTextDelta { item_id: Arc::clone(&self.item_id), delta })
    }
}

impl Player {
    pub(super) fn new(answer: &Answer, pace: Pace, facts: &Facts, request: &ModelRequest) -> Self {
        let pace = Pace { delta_chars: answer.delta_chars, delay_ms: answer.delay_ms }.or(pace);
        let mut writer = Writer {
            beats: VecDeque::new(),
            facts,
            model: &request.model,
            literal: answer.literal,
            made: facts.made,
            written: 0,
            reasoned: 0,
        };
        if let Some(wait) = answer.wait_ms {
            writer.beats.push_back(Beat::Pause(wait));
        }
        writer.event(ResponseEvent::Created);
        for item in short_forms(answer).iter().chain(&answer.items) {
            writer.item(item, pace);
        }
        if answer.end != Ending::Complete {
            writer.leave_open();
        } else {
            let usage = usage(answer.usage.unwrap_or_default(), &writer, facts);
            let response_id = answer.response_id.clone().unwrap_or_else(|| format!("resp_{}", facts.made + 1));
            writer.event(ResponseEvent::Completed { response_id, usage, end_turn: answer.end_turn });
        }
        Self { beats: writer.beats, ending: answer.end.clone(), due: None, started: false }
    }

    /// Queues the events that are due; waits for the first when none is.
    pub(crate) async fn fill(&mut self, queue: &mut Queue) {
        // Nothing else here waits when there are no pauses, so long answers let others run between batches.
        if std::mem::replace(&mut self.started, true) {
            tokio::task::yield_now().await;
        }
        while queue.len() < BATCH && !queue.ended() {
            let pause = match self.beats.front() {
                None => return self.end(queue).await,
                Some(Beat::Pause(pause)) => *pause,
                Some(Beat::Text(text)) if text.sent < text.total => text.delay(),
                Some(_) => 0,
            };
            if pause > 0 {
                if queue.len() > 0 {
                    return;
                }
                let due = *self.due.get_or_insert_with(|| Instant::now() + Duration::from_millis(pause));
                sleep_until(due).await;
                self.due = None;
            }
            self.beat(queue);
        }
    }

    fn beat(&mut self, queue: &mut Queue) {
        if let Some(Beat::Text(text)) = self.beats.front_mut()
            && text.sent < text.total
            && let Some(event) = text.next()
        {
            return queue.event(event);
        }
        if let Some(Beat::Event(event)) = self.beats.pop_front() {
            queue.event(*event);
        }
    }

    async fn end(&self, queue: &mut Queue) {
        match &self.ending {
            Ending::Hang if queue.len() > 0 => {}
            Ending::Hang => std::future::pending().await,
            Ending::Fail(failed) => queue.fail(from_code(failed.code.as_deref(), failed.message.as_deref())),
            Ending::Incomplete(reason) => queue.fail(incomplete(Some(reason))),
            Ending::Complete | Ending::Cut => {
                queue.fail(ModelError::disconnected("stream closed before response.completed"));
            }
        }
    }
}

/// The short forms of an answer as items.
fn short_forms(answer: &Answer) -> Vec<Item> {
    let item = |content| Item { content, id: None, pace: Pace::default() };
    let mut items = Vec::new();
    if !answer.reasoning.is_empty() {
        let summary = answer.reasoning.clone();
        items.push(item(ItemContent::Reasoning { summary, content: Vec::new(), encrypted: None }));
    }
    if let Some(text) = &answer.text {
        items.push(item(ItemContent::Message {
            text: Some(text.clone()),
            phase: None,
            deltas: Vec::new(),
            delays_ms: Vec::new(),
            repeat: answer.repeat.unwrap_or(1),
        }));
    }
    items.extend(answer.calls.iter().cloned().map(|call| item(ItemContent::Call(call))));
    items.extend(answer.custom_calls.iter().cloned().map(|call| item(ItemContent::Custom(call))));
    items
}

/// Makes beats of items.
struct Writer<'a> {
    beats: VecDeque<Beat>,
    facts: &'a Facts,
    model: &'a str,
    literal: bool,
    /// How many items the model has made, in the whole thread.
    made: usize,
    /// Bytes of the answer so far, reasoning included.
    written: usize,
    /// Bytes of reasoning so far.
    reasoned: usize,
}

impl Writer<'_> {
    fn event(&mut self, event: ResponseEvent) {
        self.beats.push_back(Beat::Event(Box::new(event)));
    }

    fn added(&mut self, value: &Value) {
        self.event(ResponseEvent::OutputItemAdded(output_item(value)));
    }

    fn done(&mut self, value: &Value) {
        self.event(ResponseEvent::OutputItemDone(output_item(value)));
    }

    /// A stream that does not end as it should ends within its last message.
    fn leave_open(&mut self) {
        if matches!(self.beats.iter().nth_back(1), Some(Beat::Text(_))) {
            self.beats.pop_back();
        }
    }

    fn fill(&self, text: &str) -> String {
        if self.literal { text.to_owned() } else { self.facts.fill(text, self.model) }
    }

    fn fill_value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => Value::String(self.fill(text)),
            Value::Array(values) => values.iter().map(|value| self.fill_value(value)).collect(),
            Value::Object(object) => {
                Value::Object(object.iter().map(|(name, value)| (name.clone(), self.fill_value(value))).collect())
            }
            value => value.clone(),
        }
    }

    fn item(&mut self, item: &Item, pace: Pace) {
        let pace = item.pace.or(pace);
        self.made += 1;
        let made = self.made;
        let id = |prefix: &str| item.id.clone().unwrap_or_else(|| format!("{prefix}_{made}"));
        match &item.content {
            ItemContent::Message { text, phase, deltas, delays_ms, repeat } => {
                self.message(id("msg"), text.as_deref(), phase.as_deref(), (deltas, delays_ms), *repeat, pace);
            }
            ItemContent::Reasoning { summary, content, encrypted } => {
                self.reasoning(id("rs"), summary, content, encrypted.as_deref(), pace);
            }
            ItemContent::Call(call) => self.call(id("fc"), call),
            ItemContent::Custom(call) => self.custom_call(id("ctc"), call),
            ItemContent::Raw(value) => {
                let mut value = self.fill_value(value);
                if let (Some(id), Some(object)) = (&item.id, value.as_object_mut()) {
                    object.insert("id".to_owned(), json!(id));
                }
                self.written += value.to_string().len();
                self.done(&value);
            }
        }
    }

    fn message(
        &mut self,
        id: String,
        text: Option<&str>,
        phase: Option<&str>,
        (deltas, delays_ms): (&[String], &[u64]),
        repeat: u64,
        pace: Pace,
    ) {
        let text = text.map(|text| self.fill(text));
        let pieces: Vec<String> = match &text {
            Some(text) if deltas.is_empty() => pieces(text, pace),
            _ => deltas.iter().map(|delta| self.fill(delta)).collect(),
        };
        let text = text.unwrap_or_else(|| pieces.concat());
        let longest = text.len().max(pieces.iter().map(String::len).sum()).max(1);
        let repeat = repeat.min((MAX_TEXT / longest) as u64);
        let whole = text.repeat(repeat as usize);
        self.written += whole.len();
        let mut item = json!({"type": "message", "id": id, "role": "assistant", "content": []});
        if let Some(phase) = phase {
            item["phase"] = json!(phase);
        }
        self.added(&item);
        item["content"] = json!([{"type": "output_text", "text": whole}]);
        let total = repeat * pieces.len() as u64;
        let delay_ms = pace.delay_ms.unwrap_or(0);
        self.beats.push_back(Beat::Text(Text {
            item_id: id.into(),
            pieces,
            delays_ms: delays_ms.to_vec(),
            delay_ms,
            sent: 0,
            total,
        }));
        self.done(&item);
    }

    fn reasoning(&mut self, id: String, summary: &[String], content: &[String], encrypted: Option<&str>, pace: Pace) {
        let item_id: Arc<str> = id.as_str().into();
        let summary: Vec<String> = summary.iter().map(|part| self.fill(part)).collect();
        let content: Vec<String> = content.iter().map(|part| self.fill(part)).collect();
        self.added(&json!({"type": "reasoning", "id": id, "summary": []}));
        for (part, summary_index) in summary.iter().zip(0..) {
            self.event(ResponseEvent::ReasoningSummaryPartAdded { item_id: Arc::clone(&item_id), summary_index });
            for delta in pieces(part, pace) {
                self.pause(pace);
                let item_id = Arc::clone(&item_id);
                self.event(ResponseEvent::ReasoningSummaryTextDelta { item_id, delta, summary_index });
            }
        }
        for (part, content_index) in content.iter().zip(0..) {
            for delta in pieces(part, pace) {
                self.pause(pace);
                let item_id = Arc::clone(&item_id);
                self.event(ResponseEvent::ReasoningTextDelta { item_id, delta, content_index });
            }
        }
        let bytes: usize = summary.iter().chain(&content).map(String::len).sum();
        self.written += bytes;
        self.reasoned += bytes;
        let parts = |kind: &str, texts: &[String]| -> Value {
            texts.iter().map(|text| json!({"type": kind, "text": text})).collect()
        };
        let mut item = json!({"type": "reasoning", "id": id, "summary": parts("summary_text", &summary)});
        if !content.is_empty() {
            item["content"] = parts("reasoning_text", &content);
        }
        if let Some(encrypted) = encrypted {
            item["encrypted_content"] = json!(encrypted);
        }
        self.done(&item);
    }

    fn pause(&mut self, pace: Pace) {
        if let Some(delay) = pace.delay_ms.filter(|delay| *delay > 0) {
            self.beats.push_back(Beat::Pause(delay));
        }
    }

    fn call(&mut self, id: String, call: &Call) {
        let arguments = match self.fill_value(&call.arguments) {
            Value::String(text) => text,
            Value::Null => "{}".to_owned(),
            value => value.to_string(),
        };
        self.written += arguments.len() + call.name.len();
        let call_id = call.call_id.clone().unwrap_or_else(|| format!("call_{}", self.made));
        let mut item =
            json!({"type": "function_call", "id": id, "call_id": call_id, "name": call.name, "arguments": ""});
        if let Some(namespace) = &call.namespace {
            item["namespace"] = json!(namespace);
        }
        self.added(&item);
        item["arguments"] = json!(arguments);
        self.done(&item);
    }

    fn custom_call(&mut self, id: String, call: &CustomCall) {
        let input = self.fill(&call.input);
        self.written += input.len() + call.name.len();
        let call_id = call.call_id.clone().unwrap_or_else(|| format!("call_{}", self.made));
        let mut item =
            json!({"type": "custom_tool_call", "id": id, "call_id": call_id, "name": call.name, "input": ""});
        self.added(&item);
        item["input"] = json!(input);
        self.done(&item);
    }
}

fn output_item(value: &Value) -> OutputItem {
    decode_item(&raw(value), |prefix| format!("{prefix}_0"))
}

/// Cuts a text into deltas.
fn pieces(text: &str, pace: Pace) -> Vec<String> {
    let chars = pace.delta_chars.unwrap_or(DELTA_CHARS).max(1);
    let mut pieces = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let cut = rest.char_indices().nth(chars).map_or(rest.len(), |(cut, _)| cut);
        let (piece, after) = rest.split_at(cut);
        pieces.push(piece.to_owned());
        rest = after;
    }
    pieces
}

fn usage(said: ScriptUsage, writer: &Writer<'_>, facts: &Facts) -> Option<Usage> {
    if said.none {
        return None;
    }
    let tokens = |bytes: usize| bytes.div_ceil(BYTES_PER_TOKEN) as i64;
    let input_tokens = said.input.unwrap_or_else(|| tokens(facts.bytes));
    let output_tokens = said.output.unwrap_or_else(|| tokens(writer.written));
    Some(Usage {
        input_tokens,
        cached_input_tokens: said.cached.unwrap_or(0),
        cache_write_input_tokens: said.cache_write.unwrap_or(0),
        output_tokens,
        reasoning_output_tokens: said.reasoning.unwrap_or_else(|| tokens(writer.reasoned)),
        total_tokens: said.total.unwrap_or_else(|| input_tokens.saturating_add(output_tokens)),
    })
}
