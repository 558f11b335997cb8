//! `update_plan`: the plan of the work, shown to the user.

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{ModeKind, TurnPlanStep, TurnPlanStepStatus, TurnPlanUpdatedNotification};
use serde::Deserialize;

use super::{Caller, Output, arguments};

#[derive(Deserialize)]
struct Arguments {
    explanation: Option<String>,
    plan: Vec<Step>,
}

#[derive(Deserialize)]
struct Step {
    step: String,
    status: Status,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Status {
    Pending,
    InProgress,
    Completed,
}

impl From<Status> for TurnPlanStepStatus {
    fn from(status: Status) -> Self {
        match status {
            Status::Pending => Self::Pending,
            Status::InProgress => Self::InProgress,
            Status::Completed => Self::Completed,
        }
    }
}

pub(super) fn run(caller: &Caller, text: &str) -> Output {
    let Caller { thread, turn, .. } = caller;
    if turn.settings.mode == ModeKind::Plan {
        return "update_plan keeps a checklist of work and is not allowed in Plan mode".to_owned().into();
    }
    let Arguments { explanation, plan } = match arguments(text) {
        Ok(arguments) => arguments,
        Err(told) => return told,
    };
    let plan = plan.into_iter().map(|Step { step, status }| TurnPlanStep { step, status: status.into() }).collect();
    let updated =
        TurnPlanUpdatedNotification { thread_id: thread.id.to_string(), turn_id: turn.id.clone(), explanation, plan };
    thread.sink.emit(ServerNotification::TurnPlanUpdated(updated));
    "Plan updated".to_owned().into()
}
