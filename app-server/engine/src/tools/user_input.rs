//! `request_user_input`: the model asks the user, while a plan is being made.

use codex_app_server_protocol::server_methods::ItemToolRequestUserInput;
use codex_app_server_protocol::v2::{
    ModeKind, ThreadActiveFlag, ToolRequestUserInputOption, ToolRequestUserInputParams, ToolRequestUserInputQuestion,
    ToolRequestUserInputResponse,
};
use serde::Deserialize;

use super::{Caller, Output, arguments};
use crate::thread::Answered;

#[derive(Deserialize)]
struct Arguments {
    questions: Vec<Question>,
}

#[derive(Deserialize)]
struct Question {
    id: String,
    header: String,
    question: String,
    options: Option<Vec<ToolRequestUserInputOption>>,
}

pub(super) async fn run(caller: &Caller, text: &str) -> Output {
    let Caller { thread, turn, call_id } = caller;
    if turn.settings.mode != ModeKind::Plan {
        return "request_user_input is unavailable in Default mode".to_owned().into();
    }
    let Arguments { questions } = match arguments(text) {
        Ok(arguments) => arguments,
        Err(told) => return told,
    };
    if questions.iter().any(|question| question.options.as_ref().is_none_or(Vec::is_empty)) {
        return "request_user_input requires non-empty options for every question".to_owned().into();
    }
    let question = |question: Question| ToolRequestUserInputQuestion {
        id: question.id,
        header: question.header,
        question: question.question,
        // The user may always answer something else.
        is_other: true,
        is_secret: false,
        options: question.options,
    };
    let params = ToolRequestUserInputParams {
        thread_id: thread.id.to_string(),
        turn_id: turn.id.clone(),
        item_id: call_id.clone(),
        questions: questions.into_iter().map(question).collect(),
        is_blocking: true,
        auto_resolution_ms: None,
    };
    let waiting = thread.wait_on(ThreadActiveFlag::WaitingOnUserInput);
    let answers = match thread.ask::<ItemToolRequestUserInput>(&params).await {
        Answered::With(response) => response,
        Answered::Badly(_) | Answered::Never => ToolRequestUserInputResponse { answers: Default::default() },
    };
    waiting.end();
    match serde_json::to_string(&answers) {
        Ok(json) => json.into(),
        Err(error) => format!("the answers of the user cannot be told: {error}").into(),
    }
}
