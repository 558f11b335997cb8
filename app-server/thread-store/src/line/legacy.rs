//! Completed items in threads of history mode `legacy`: the event shapes that stand for them.

use codex_app_server_protocol::v2;
use serde_json::{Value, json};

use super::CoreItem;
use super::core_item::Form;

/// Whether a legacy thread keeps this item as an `item_completed` line too.
pub(super) fn keeps_item_completed(item: &CoreItem) -> bool {
    matches!(item.0, Form::Plan(_))
}

/// The events of an item; none for what legacy threads do not keep.
pub(super) fn events(item: &CoreItem, turn_id: &str) -> Vec<Value> {
    match &item.0 {
        Form::UserMessage(message) => vec![user_message(&message.inputs())],
        Form::AgentMessage(message) => vec![json!({
            "type": "agent_message",
            "message": message.text(),
            "phase": message.phase,
            "memory_citation": message.memory_citation,
        })],
        Form::Reasoning(reasoning) => {
            let summaries =
                reasoning.summary_text.iter().map(|text| json!({ "type": "agent_reasoning", "text": text }));
            let raw =
                reasoning.raw_content.iter().map(|text| json!({ "type": "agent_reasoning_raw_content", "text": text }));
            summaries.chain(raw).collect()
        }
        Form::ContextCompaction(_) => vec![json!({ "type": "context_compacted" })],
        Form::WebSearch(search) => vec![json!({
            "type": "web_search_end",
            "call_id": search.id,
            "query": search.query,
            "action": search.action,
        })],
        Form::FileChange(change) => vec![json!({
            "type": "patch_apply_end",
            "call_id": change.id,
            "turn_id": turn_id,
            "stdout": change.stdout,
            "stderr": change.stderr,
            "success": change.status == "completed",
            "changes": change.changes,
            "status": change.status,
        })],
        Form::EnteredReviewMode(review) => vec![json!({
            "type": "entered_review_mode",
            "target": review.target,
            "user_facing_hint": review.user_facing_hint,
            "turn_id": turn_id,
            "item_id": review.id,
        })],
        Form::ExitedReviewMode(review) => vec![json!({
            "type": "exited_review_mode",
            "turn_id": turn_id,
            "item_id": review.id,
            "review_output": review.review_output,
        })],
        Form::Plan(_) | Form::CommandExecution(_) | Form::ImageView(_) | Form::McpToolCall(_) | Form::Other(_) => {
            Vec::new()
        }
    }
}

fn user_message(inputs: &[v2::UserInput]) -> Value {
    let mut message = String::new();
    let mut elements = Vec::new();
    let (mut images, mut local_images, mut audio, mut local_audio) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for input in inputs {
        match input {
            v2::UserInput::Text { text, text_elements } => {
                elements.extend(text_elements.iter().map(|element| {
                    let (start, end) = (element.byte_range.start, element.byte_range.end);
                    json!({
                        "byte_range": { "start": start + message.len(), "end": end + message.len() },
                        "placeholder": element.placeholder,
                    })
                }));
                message.push_str(text);
            }
            v2::UserInput::Image { source: v2::ImageReference::Url { url }, .. } => images.push(url),
            v2::UserInput::LocalImage { path, .. } => local_images.push(path),
            v2::UserInput::Audio { source: v2::AudioReference::Url { url } } => audio.push(url),
            v2::UserInput::LocalAudio { path } => local_audio.push(path),
            v2::UserInput::Image { .. }
            | v2::UserInput::Audio { .. }
            | v2::UserInput::Skill { .. }
            | v2::UserInput::Mention { .. } => {}
        }
    }
    json!({
        "type": "user_message",
        "message": message,
        "images": images,
        "local_images": local_images,
        "audio": audio,
        "local_audio": local_audio,
        "text_elements": elements,
    })
}
