//! A call of a tool that the client carries out: its item, the question, what the model is told of the answer.

use codex_app_server_protocol::server_methods::ItemToolCall;
use codex_app_server_protocol::v2::{
    DynamicToolCallOutputContentItem, DynamicToolCallParams, DynamicToolCallResponse, DynamicToolCallStatus,
    ThreadItem, ThreadItemKind,
};
use codex_thread_store::RolloutItem;
use serde_json::{Value, json};

use crate::thread::{Answered, Fault};
use crate::tools::{Caller, Output, arguments};
use crate::turn::{Ending, shows_an_image};

/// What the model is told of a call that got no answer.
const CANCELLED: &str = "dynamic tool call was cancelled before receiving a response";

/// Asks the client. When the turn is to stop, the call ends as one that has failed.
pub(in crate::tools) async fn run(
    caller: &Caller,
    namespace: Option<String>,
    tool: String,
    text: &str,
) -> Result<Output, Ending> {
    let Caller { thread, turn, call_id } = caller;
    let arguments: Value = match arguments(text) {
        Ok(arguments) => arguments,
        Err(told) => return Ok(told),
    };
    let params = DynamicToolCallParams {
        thread_id: thread.id.to_string(),
        turn_id: turn.id.clone(),
        call_id: call_id.clone(),
        namespace,
        tool,
        arguments,
    };
    if turn.control.stop.is_cancelled() {
        // It had to wait for other calls.
        return Ok(CANCELLED.to_owned().into());
    }
    let started_at_ms = thread.env.now_ms();
    let item = |status, content_items, success, completed_at_ms: Option<i64>| ThreadItem {
        kind: ThreadItemKind::DynamicToolCall {
            id: call_id.clone(),
            namespace: params.namespace.clone(),
            tool: params.tool.clone(),
            arguments: params.arguments.clone(),
            status,
            content_items,
            success,
            duration_ms: completed_at_ms.map(|at| (at - started_at_ms).max(0)),
        },
        started_at_ms: Some(started_at_ms),
        completed_at_ms,
    };
    thread.sink.item_started(&turn.id, item(DynamicToolCallStatus::InProgress, None, None, None));
    let answered = tokio::select! {
        biased;
        answered = thread.ask::<ItemToolCall>(&params) => answered,
        () = turn.control.stop.cancelled() => Answered::Never,
    };
    let failed = |told: &str| {
        let told = DynamicToolCallOutputContentItem::InputText { text: told.to_owned() };
        DynamicToolCallResponse { content_items: vec![told], success: false }
    };
    let (response, output) = match answered {
        Answered::Never => {
            (DynamicToolCallResponse { content_items: Vec::new(), success: false }, CANCELLED.to_owned().into())
        }
        Answered::With(response) => told(response),
        Answered::Badly(Fault::Refused) => told(failed("dynamic tool request failed")),
        Answered::Badly(Fault::Unreadable) => told(failed("dynamic tool response was invalid")),
    };
    let status = if response.success { DynamicToolCallStatus::Completed } else { DynamicToolCallStatus::Failed };
    let ended = item(status, Some(response.content_items), Some(response.success), Some(thread.env.now_ms()));
    thread.log.write(vec![RolloutItem::item_completed(&*turn.id, &ended)]).await?;
    thread.sink.item_completed(&turn.id, ended);
    Ok(output)
}

/// An answer with what the model is told of it: one text as it is, everything else as the parts of a message.
fn told(response: DynamicToolCallResponse) -> (DynamicToolCallResponse, Output) {
    let output = match response.content_items.as_slice() {
        [DynamicToolCallOutputContentItem::InputText { text }] => Output::Text(text.clone()),
        several => Output::Parts(several.iter().map(part).collect()),
    };
    (response, output)
}

fn part(content: &DynamicToolCallOutputContentItem) -> Value {
    let text = |text: &str| json!({ "type": "input_text", "text": text });
    match content {
        DynamicToolCallOutputContentItem::InputText { text: said } => text(said),
        DynamicToolCallOutputContentItem::InputImage { image_url } if shows_an_image(image_url) => {
            json!({ "type": "input_image", "image_url": image_url, "detail": "high" })
        }
        DynamicToolCallOutputContentItem::InputImage { .. } => {
            text("image content omitted because it could not be processed")
        }
        DynamicToolCallOutputContentItem::InputAudio { .. } => {
            text("audio content omitted because you do not support audio input")
        }
    }
}
