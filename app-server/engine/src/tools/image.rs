//! `view_image`: an image of the machine, shown to the model.

use codex_app_server_protocol::LegacyAppPathString;
use codex_app_server_protocol::v2::{ThreadItem, ThreadItemKind};
use codex_thread_store::RolloutItem;
use serde::Deserialize;
use serde_json::json;

use super::{Caller, Output, arguments};
use crate::settings::absolute;
use crate::turn::{Ending, ImageProblem, read_image};

#[derive(Deserialize)]
struct Arguments {
    path: String,
}

pub(super) async fn run(caller: &Caller, text: &str) -> Result<Output, Ending> {
    let Caller { thread, turn, call_id } = caller;
    let Arguments { path } = match arguments(text) {
        Ok(arguments) => arguments,
        Err(told) => return Ok(told),
    };
    let file = absolute(turn.settings.cwd.as_path(), &path);
    let started = thread.env.now_ms();
    let reading = file.as_path().to_owned();
    let read = tokio::task::spawn_blocking(move || read_image(&reading)).await;
    let url = match read.unwrap_or_else(|_| Err(ImageProblem::Unreadable("reading broke off".to_owned()))) {
        Ok(url) => url,
        Err(problem) => {
            let told = match problem {
                ImageProblem::Unreadable(why) => format!("unable to locate image at `{}`: {why}", file.as_str()),
                ImageProblem::NoFile => format!("image path `{}` is not a file", file.as_str()),
                ImageProblem::NoImage => "unable to process image: invalid or unsupported image data".to_owned(),
                ImageProblem::TooLarge => format!("unable to process image: {problem}"),
            };
            return Ok(told.into());
        }
    };
    let kind = ThreadItemKind::ImageView { id: call_id.clone(), path: LegacyAppPathString(file.as_str().to_owned()) };
    let mut item = ThreadItem { kind, started_at_ms: Some(started), completed_at_ms: None };
    thread.sink.item_started(&turn.id, item.clone());
    item.completed_at_ms = Some(thread.env.now_ms());
    thread.log.write(vec![RolloutItem::item_completed(&*turn.id, &item)]).await?;
    thread.sink.item_completed(&turn.id, item);
    Ok(Output::Parts(vec![json!({ "type": "input_image", "image_url": url, "detail": "high" })]))
}
