//! Items that a client puts into the history itself.

use std::sync::Arc;

use serde_json::Value;

use super::TurnFacts;
use super::run::{Ending, Work};
use crate::error::EngineError;
use crate::thread::ThreadShared;
use crate::thread::conversation::{Entry, item};

/// The turn that the lines of injected items name; the reference's word.
const INJECTED: &str = "auto-compact-0";

/// Puts items at the end of the history. A model that was told nothing yet is told of its surroundings first.
///
/// # Errors
/// When an item cannot be written.
pub(crate) async fn inject(
    thread: &Arc<ThreadShared>,
    turn: Arc<TurnFacts>,
    items: Vec<Value>,
) -> Result<(), EngineError> {
    let mut lines = Vec::new();
    if thread.conversation().told().is_none() {
        let work = Work::new(Arc::clone(thread), turn);
        work.surroundings(&mut lines).map_err(|ending| match ending {
            Ending::Failed(error) => EngineError::Configuration(error.message),
            Ending::Interrupted => EngineError::ShuttingDown,
        })?;
    }
    for mut value in items {
        let id = id_of(thread, &mut value);
        let role = value.get("role").and_then(Value::as_str).unwrap_or_default();
        let parts = value.get("content").and_then(Value::as_array).map_or(0, Vec::len);
        let entry = match (value.get("type").and_then(Value::as_str), role) {
            (Some("message"), "user") => {
                Entry::User { id: &id, kinds: vec!["unknown".to_owned(); parts], complete: false }
            }
            (Some("message"), "assistant") => Entry::Assistant(&id),
            (Some("function_call"), _) => Entry::FunctionCall,
            _ => Entry::Other,
        };
        let raw = item(&value).map_err(EngineError::unwritable)?;
        lines.push(thread.conversation().push(&thread.env, INJECTED, raw, &entry));
    }
    Ok(thread.log.write(lines).await?)
}

/// The item's id; a message without one gets one.
fn id_of(thread: &ThreadShared, item: &mut Value) -> String {
    if let Some(id) = item.get("id").and_then(Value::as_str) {
        return id.to_owned();
    }
    let id = format!("msg_{}", thread.env.new_id());
    let is_message = item.get("type").and_then(Value::as_str) == Some("message");
    if let Some(fields) = item.as_object_mut().filter(|_| is_message) {
        fields.insert("id".to_owned(), id.as_str().into());
    }
    id
}
