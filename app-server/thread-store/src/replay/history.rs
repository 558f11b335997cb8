//! The model's history from lines: what was sent to it, what it was told, what it ran with.

use std::sync::Arc;

use codex_app_server_protocol::v2::{self, DynamicToolSpec};
use serde::Deserialize;
use serde_json::value::RawValue;
use serde_json::{Map, Value};

use super::HEAD_BUFFER;
use super::lines::{EventHead, Head, Line, Lines};
use crate::files::RolloutFile;
use crate::history::{RecordedSandbox, RecordedSettings};
use crate::line::PASSTHROUGH;
use crate::{History, HistoryBase, HistoryItem, StoreError, StoredThread};

/// Gathers the model's history while lines are read.
#[derive(Default)]
pub(super) struct Gathering {
    items: Vec<HistoryItem>,
    last_sequence: u64,
    sampled_sequence: u64,
    inputs: u64,
    world: Option<Value>,
    /// The last lines that tell of settings; what came last stands last.
    context: Option<Box<RawValue>>,
    settings: Option<Box<RawValue>>,
    context_is_newer: bool,
    window_id: Option<String>,
    window_number: u64,
    last_turn: Option<(String, bool)>,
    usage_turn: Option<String>,
    turn_ids: Vec<String>,
    /// How many items there were when each turn began.
    marks: Vec<usize>,
}

/// What a line notes beside its item, as far as it is needed to go on.
#[derive(Default, Deserialize)]
struct Numbers {
    #[serde(default)]
    history_sequence: u64,
    #[serde(default)]
    sampled_through_sequence: u64,
    #[serde(default)]
    user_input_order: Option<u64>,
}

#[derive(Deserialize)]
struct Compacted {
    #[serde(default)]
    message: String,
    #[serde(default)]
    replacement_history: Option<Vec<Box<RawValue>>>,
    #[serde(default)]
    replacement_history_metadata: Vec<Value>,
    #[serde(default)]
    window_id: Option<String>,
    #[serde(default)]
    window_number: Option<u64>,
}

#[derive(Deserialize)]
struct WorldState {
    #[serde(default)]
    full: bool,
    state: Value,
}

#[derive(Deserialize)]
struct TurnEvent {
    #[serde(default)]
    turn_id: Option<String>,
    #[serde(default)]
    num_turns: usize,
}

impl Gathering {
    /// Takes a line.
    pub(super) fn take(&mut self, head: &Head<'_>) -> Result<(), serde_json::Error> {
        match &*head.kind {
            "response_item" => self.response_item(head)?,
            "compacted" => self.compacted(serde_json::from_str(head.payload.get())?),
            "world_state" => self.world_state(serde_json::from_str(head.payload.get())?),
            "turn_context" => {
                self.context = Some(head.payload.to_owned());
                self.context_is_newer = true;
            }
            "event_msg" => self.event(head.payload)?,
            _ => {}
        }
        Ok(())
    }

    fn response_item(&mut self, head: &Head<'_>) -> Result<(), serde_json::Error> {
        let numbers = match head.metadata {
            Some(metadata) => serde_json::from_str(metadata.get()).unwrap_or_default(),
            None => Numbers::default(),
        };
        self.last_sequence = (self.last_sequence + 1).max(numbers.history_sequence);
        self.sampled_sequence = self.sampled_sequence.max(numbers.sampled_through_sequence);
        self.inputs = self.inputs.max(numbers.user_input_order.map_or(0, |order| order + 1));
        self.items.push(history_item(head.payload, self.last_sequence)?);
        Ok(())
    }

    fn compacted(&mut self, compacted: Compacted) {
        match compacted.replacement_history {
            Some(items) => {
                let numbers = compacted.replacement_history_metadata.into_iter();
                let mut numbers = numbers.map(|numbers| Numbers::deserialize(numbers).unwrap_or_default());
                self.items.clear();
                for item in items {
                    let sequence = numbers.next().unwrap_or_default().history_sequence;
                    self.last_sequence = self.last_sequence.max(sequence);
                    // An item that is no object was never sent.
                    self.items.extend(history_item(&item, sequence));
                }
            }
            None => {
                // What older versions wrote: the user's messages stay, the rest is summed up.
                self.items.retain(|item| item.said);
                let summary = serde_json::json!({
                    "type": "message",
                    "role": "user",
                    "content": [{ "type": "input_text", "text": compacted.message }],
                });
                self.last_sequence += 1;
                let summary = serde_json::value::to_raw_value(&summary).map(Arc::from);
                let sequence = self.last_sequence;
                self.items.extend(summary.map(|item| HistoryItem { item, sequence, said: false }));
            }
        }
        self.sampled_sequence = self.sampled_sequence.min(self.last_sequence);
        self.world = None;
        self.marks.clear();
        self.window_number = compacted.window_number.unwrap_or(self.window_number + 1);
        self.window_id = compacted.window_id.or(self.window_id.take());
    }

    fn world_state(&mut self, line: WorldState) {
        match &mut self.world {
            Some(world) if !line.full => merge(world, line.state),
            world => *world = Some(line.state),
        }
    }

    fn event(&mut self, payload: &RawValue) -> Result<(), serde_json::Error> {
        let head: EventHead<'_> = serde_json::from_str(payload.get())?;
        match &*head.kind {
            "thread_settings_applied" => {
                self.settings = Some(payload.to_owned());
                self.context_is_newer = false;
            }
            "task_started" | "turn_started" => {
                let event: TurnEvent = serde_json::from_str(payload.get())?;
                if let Some(id) = event.turn_id {
                    self.marks.push(self.items.len());
                    self.turn_ids.push(id.clone());
                    self.last_turn = Some((id, false));
                }
            }
            "task_complete" | "turn_complete" | "turn_aborted" => {
                if let Some((_, ended)) = &mut self.last_turn {
                    *ended = true;
                }
            }
            "token_count" => self.usage_turn = self.last_turn.as_ref().map(|(id, _)| id.clone()),
            "thread_rolled_back" => {
                let event: TurnEvent = serde_json::from_str(payload.get())?;
                for _ in 0..event.num_turns {
                    // Old files do not frame their turns, and the frames of what was summed up are gone.
                    let last_said = || self.items.iter().rposition(|item| item.said).unwrap_or(0);
                    let begin = self.marks.pop().unwrap_or_else(last_said);
                    self.items.truncate(begin);
                    self.turn_ids.pop();
                }
                self.last_turn = self.turn_ids.last().map(|id| (id.clone(), true));
            }
            _ => {}
        }
        Ok(())
    }

    /// The whole, of a thread whose first line is that of `newest`.
    pub(super) fn finish(
        self,
        newest: &RolloutFile,
        stored: StoredThread,
        end: Option<HistoryBase>,
        next_ordinal: u64,
    ) -> Result<History, StoreError> {
        let meta = OwnMeta::read(newest)?;
        let settings = self.recorded_settings();
        Ok(History {
            items: self.items,
            last_sequence: self.last_sequence,
            sampled_sequence: self.sampled_sequence,
            inputs: self.inputs,
            world: self.world,
            settings,
            base_instructions: meta.base_instructions,
            dynamic_tools: meta.dynamic_tools,
            window_id: self.window_id.or(meta.window_id),
            window_number: self.window_number,
            last_turn: self.last_turn,
            usage_turn: self.usage_turn,
            turn_ids: self.turn_ids,
            end,
            next_ordinal,
            stored,
        })
    }

    fn recorded_settings(&self) -> RecordedSettings {
        let context = self.context.as_deref().and_then(|line| serde_json::from_str::<Value>(line.get()).ok());
        let applied = self.settings.as_deref().and_then(|line| serde_json::from_str::<Value>(line.get()).ok());
        let mut applied = applied.and_then(|mut line| line.get_mut("thread_settings").map(Value::take));
        let mut settings = RecordedSettings::default();
        let read = |settings: &mut RecordedSettings, line: &Option<Value>| {
            if let Some(line) = line {
                settings.read(line);
            }
        };
        if self.context_is_newer {
            read(&mut settings, &applied);
            read(&mut settings, &context);
        } else {
            read(&mut settings, &context);
            read(&mut settings, &applied);
        }
        settings.line = applied.take();
        settings
    }
}

impl RecordedSettings {
    /// Takes a `turn_context` or `thread_settings`; what it cannot tell stays.
    fn read(&mut self, line: &Value) {
        let text = |key: &str| line.get(key).and_then(Value::as_str).map(str::to_owned);
        fn typed<T: for<'a> Deserialize<'a>>(line: &Value, key: &str) -> Option<T> {
            line.get(key).and_then(|value| T::deserialize(value).ok())
        }
        let keep = |field: &mut Option<String>, new: Option<String>| *field = new.or(field.take());
        keep(&mut self.model, text("model"));
        keep(&mut self.model_provider, text("model_provider_id"));
        keep(&mut self.cwd, text("cwd"));
        if line.get("model_provider_id").is_some() {
            self.service_tier = text("service_tier");
            self.workspace_roots = typed(line, "runtime_workspace_roots").or(self.workspace_roots.take());
        }
        self.approval_policy = typed(line, "approval_policy").or(self.approval_policy.take());
        self.approvals_reviewer = typed(line, "approvals_reviewer").or(self.approvals_reviewer.take());
        self.effort = typed(line, "effort").or_else(|| typed(line, "reasoning_effort"));
        let summary: Option<v2::ReasoningSummary> = typed(line, "summary").or_else(|| typed(line, "reasoning_summary"));
        // A turn notes what the model does by itself; only the settings tell what was chosen.
        if line.get("model_provider_id").is_some() {
            self.summary = summary;
        } else if self.summary.is_none() {
            self.summary = summary.filter(|summary| *summary != v2::ReasoningSummary::None);
        }
        self.personality = typed(line, "personality");
        self.collaboration_mode = typed(line, "collaboration_mode").or(self.collaboration_mode.take());
        self.disabled_plugin_ids = typed(line, "disabled_plugin_ids").unwrap_or_default();
        self.sandbox = sandbox(line).or(self.sandbox.take());
        if line.get("permission_profile").is_some() && sandbox(line).is_none() {
            self.sandbox = None;
        }
    }
}

/// What a line says commands may do; `None` for what only a configuration could say again.
fn sandbox(line: &Value) -> Option<RecordedSandbox> {
    if let Some(id) = line.pointer("/active_permission_profile/id").and_then(Value::as_str) {
        return Some(RecordedSandbox::Profile(id.to_owned()));
    }
    let Some(profile) = line.get("permission_profile") else {
        // What older versions wrote.
        let policy = line.get("sandbox_policy")?;
        let kind = policy.get("type").or_else(|| policy.get("mode"))?.as_str()?;
        let network_access = policy.get("network_access").and_then(Value::as_bool).unwrap_or(false);
        return match kind {
            "danger-full-access" => Some(RecordedSandbox::FullAccess),
            "read-only" => Some(RecordedSandbox::ReadOnly { network_access }),
            "external-sandbox" => Some(RecordedSandbox::External),
            _ => None,
        };
    };
    match profile.get("type")?.as_str()? {
        "disabled" => Some(RecordedSandbox::FullAccess),
        "external" => Some(RecordedSandbox::External),
        "managed" => {
            let entries = profile.pointer("/file_system/entries")?.as_array()?;
            let reads = entries.iter().all(|entry| entry.get("access").and_then(Value::as_str) == Some("read"));
            let network_access = profile.get("network").and_then(Value::as_str) == Some("enabled");
            (reads && entries.len() == 1).then_some(RecordedSandbox::ReadOnly { network_access })
        }
        _ => None,
    }
}

/// What only the first line of a file tells and a list does not need.
#[derive(Default)]
struct OwnMeta {
    base_instructions: Option<String>,
    dynamic_tools: Vec<DynamicToolSpec>,
    window_id: Option<String>,
}

impl OwnMeta {
    fn read(file: &RolloutFile) -> Result<Self, StoreError> {
        let io = |source| file.failed(source);
        let mut lines = Lines::new(file.read(HEAD_BUFFER)?);
        while let Some(line) = lines.next(u64::MAX).map_err(io)? {
            let Line::Text(text) = line else { continue };
            let Ok(head) = serde_json::from_slice::<Head<'_>>(text) else { continue };
            if head.kind != "session_meta" {
                continue;
            }
            let Ok(meta) = serde_json::from_str::<Value>(head.payload.get()) else { continue };
            let text = |pointer| meta.pointer(pointer).and_then(Value::as_str).map(str::to_owned);
            // Older versions wrote the text alone, or `instructions`.
            let base_instructions = text("/base_instructions/text").or_else(|| text("/base_instructions"));
            let window_id = text("/context_window/window_id");
            let dynamic_tools = meta.get("dynamic_tools").and_then(|tools| Vec::deserialize(tools).ok());
            return Ok(Self { base_instructions, dynamic_tools: dynamic_tools.unwrap_or_default(), window_id });
        }
        Ok(Self::default())
    }
}

/// An item as it is sent to the model: without the metadata that the lines put into it.
fn history_item(payload: &RawValue, sequence: u64) -> Result<HistoryItem, serde_json::Error> {
    let text = payload.get();
    let item = |item: Box<RawValue>, said| HistoryItem { item: Arc::from(item), sequence, said };
    let Some(at) = text.rfind(PASSTHROUGH) else { return Ok(item(payload.to_owned(), reads_as_said(text))) };
    // It usually is the last field. Quotes inside of texts are escaped, so this is a key.
    let (before, after) = (&text[..at], &text[at + PASSTHROUGH.len()..]);
    if let Some(before) = before.strip_suffix("\"").map(str::trim_end).and_then(|before| before.strip_suffix(','))
        && let Some(value) = after.strip_prefix("\"").map(str::trim_start).and_then(|after| after.strip_prefix(':'))
    {
        let mut values = serde_json::Deserializer::from_str(value).into_iter::<Kinds>();
        if let Some(Ok(kinds)) = values.next()
            && value[values.byte_offset()..].trim() == "}"
        {
            return Ok(item(RawValue::from_string(format!("{before}}}"))?, kinds.said(text)));
        }
    }
    let mut fields: Map<String, Value> = serde_json::from_str(text)?;
    let kinds = fields.shift_remove(PASSTHROUGH).and_then(|kinds| Kinds::deserialize(kinds).ok()).unwrap_or_default();
    Ok(item(serde_json::value::to_raw_value(&fields)?, kinds.said(text)))
}

/// What the parts of an item are.
#[derive(Default, Deserialize)]
struct Kinds {
    #[serde(default)]
    content_item_kinds: Vec<String>,
}

impl Kinds {
    fn said(&self, item: &str) -> bool {
        match self.content_item_kinds.first().map(String::as_str) {
            None | Some("unknown") => reads_as_said(item),
            Some(kind) => kind.starts_with("user."),
        }
    }
}

/// Whether an item that does not tell reads like what a person said: what a model is told beside it is marked in the text.
fn reads_as_said(item: &str) -> bool {
    #[derive(Deserialize)]
    struct Message {
        role: Option<String>,
        #[serde(default)]
        content: Value,
    }
    let Ok(message) = serde_json::from_str::<Message>(item) else { return false };
    let first = message.content.pointer("/0/text").and_then(Value::as_str).unwrap_or_default().trim_start();
    message.role.as_deref() == Some("user") && !first.starts_with('<') && !first.starts_with("# AGENTS.md")
}

/// Puts changes into a value; null takes away.
fn merge(value: &mut Value, change: Value) {
    let Value::Object(changes) = change else {
        *value = change;
        return;
    };
    if !value.is_object() {
        *value = Value::Object(Map::new());
    }
    let Value::Object(fields) = value else { return };
    for (key, change) in changes {
        if change.is_null() {
            fields.shift_remove(&key);
        } else {
            merge(fields.entry(key).or_insert(Value::Null), change);
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn raw(text: &str) -> Box<RawValue> {
        RawValue::from_string(text.to_owned()).unwrap()
    }

    #[test]
    fn the_metadata_of_the_lines_is_taken_out_of_an_item_wherever_it_stands() {
        let cases = [
            (r#"{"a":1}"#, r#"{"a":1}"#),
            (r#"{"a":1.50,"internal_chat_message_metadata_passthrough":{"x":"}"}}"#, r#"{"a":1.50}"#),
            (r#"{"a":1 , "internal_chat_message_metadata_passthrough" : {"x":[]} } "#, r#"{"a":1}"#),
            (r#"{"internal_chat_message_metadata_passthrough":{"x":1},"a":1}"#, r#"{"a":1}"#),
            (
                r#"{"a":"say \"internal_chat_message_metadata_passthrough\": {}"}"#,
                r#"{"a":"say \"internal_chat_message_metadata_passthrough\": {}"}"#,
            ),
            (
                r#"{"a":{"b":1,"internal_chat_message_metadata_passthrough":2}}"#,
                r#"{"a":{"b":1,"internal_chat_message_metadata_passthrough":2}}"#,
            ),
        ];
        for (item, expected) in cases {
            let item = history_item(&raw(item), 1).unwrap().item;
            let (item, expected): (Value, Value) =
                (serde_json::from_str(item.get()).unwrap(), serde_json::from_str(expected).unwrap());
            assert_eq!(item, expected);
        }
    }

    #[test]
    fn changes_of_the_world_are_merged() {
        let mut world = json!({ "a": 1, "b": { "c": 1, "d": 2 } });
        merge(&mut world, json!({ "a": null, "b": { "d": 3 }, "e": { "f": 1 } }));
        assert_eq!(world, json!({ "b": { "c": 1, "d": 3 }, "e": { "f": 1 } }));
    }

    #[test]
    fn what_commands_may_do_is_read_from_profiles_and_older_policies() {
        let root = json!([{ "path": { "type": "special", "value": { "kind": "root" } }, "access": "read" }]);
        let managed = |entries: Value| json!({ "permission_profile": { "type": "managed", "file_system": { "type": "restricted", "entries": entries }, "network": "restricted" } });
        let read_only = Some(RecordedSandbox::ReadOnly { network_access: false });
        for (line, expected) in [
            (json!({ "permission_profile": { "type": "disabled" } }), Some(RecordedSandbox::FullAccess)),
            (managed(root), read_only.clone()),
            (managed(json!([{ "path": { "type": "path", "path": "/x" }, "access": "write" }])), None),
            (
                json!({ "permission_profile": { "type": "managed" }, "active_permission_profile": { "id": ":workspace" } }),
                Some(RecordedSandbox::Profile(":workspace".to_owned())),
            ),
            (json!({ "sandbox_policy": { "mode": "read-only" } }), read_only),
            (json!({ "sandbox_policy": { "type": "workspace-write" } }), None),
            (json!({}), None),
        ] {
            assert_eq!(sandbox(&line), expected, "{line}");
        }
    }
}
