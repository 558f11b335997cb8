//! `get_goal`, `create_goal`, `update_goal`: the thread's goal as the model sees and changes it.

use codex_app_server_protocol::v2::{ThreadGoal, ThreadGoalStatus};
use codex_thread_state::{GoalChange, StateError};
use serde::Deserialize;
use serde_json::json;

use super::{Caller, Output};
use crate::kept::{check_budget, check_objective, tell_goal};
use crate::thread::skip_goal;

#[derive(Deserialize)]
struct Create {
    objective: String,
    token_budget: Option<i64>,
}

#[derive(Deserialize)]
struct Update {
    status: ThreadGoalStatus,
}

pub(super) async fn get(caller: &Caller) -> Output {
    let id = caller.thread.id.to_string();
    match caller.thread.state.goal(id).await {
        Ok(goal) => shown(goal.as_ref(), false),
        Err(error) => error.to_string().into(),
    }
}

pub(super) async fn create(caller: &Caller, text: &str) -> Output {
    let (thread, turn) = (&caller.thread, &caller.turn);
    let Create { objective, token_budget } = match serde_json::from_str(text) {
        Ok(arguments) => arguments,
        Err(error) => return error.to_string().into(),
    };
    let checked = check_objective(&objective).and_then(|objective| {
        token_budget.map_or(Ok(()), check_budget)?;
        Ok(objective)
    });
    let objective = match checked {
        Ok(objective) => objective,
        Err(wrong) => return wrong.into(),
    };
    let (id, now) = (thread.id.to_string(), thread.env.now_ms());
    match thread.state.create_goal(id, objective, token_budget, now).await {
        Ok(goal) => {
            // What the turn has used before was not used for the goal.
            skip_goal(turn);
            let output = shown(Some(&goal), false);
            thread.sink.broadcast(tell_goal(Some(turn.id.clone()), goal));
            output
        }
        Err(error) => error.to_string().into(),
    }
}

pub(super) async fn update(caller: &Caller, text: &str) -> Output {
    let (thread, turn) = (&caller.thread, &caller.turn);
    let Update { status } = match serde_json::from_str(text) {
        Ok(arguments) => arguments,
        Err(error) => return error.to_string().into(),
    };
    if !matches!(status, ThreadGoalStatus::Complete | ThreadGoalStatus::Blocked | ThreadGoalStatus::Paused) {
        return "update_goal takes `complete`, `blocked` and `paused`; the rest is up to the user".to_owned().into();
    }
    crate::thread::count_goal(thread, turn).await;
    let change = GoalChange { status: Some(status), ..GoalChange::default() };
    match thread.state.set_goal(thread.id.to_string(), change, thread.env.now_ms()).await {
        Ok(goal) => {
            let output = shown(Some(&goal), true);
            thread.sink.broadcast(tell_goal(Some(turn.id.clone()), goal));
            output
        }
        Err(StateError::NoGoal(_)) => "cannot update goal because this thread has no goal".to_owned().into(),
        Err(error) => error.to_string().into(),
    }
}

/// The goal in JSON; with a report of what was used once it is reached.
fn shown(goal: Option<&ThreadGoal>, reports: bool) -> Output {
    let remaining = goal.and_then(|goal| Some((goal.token_budget? - goal.tokens_used).max(0)));
    let report = goal.filter(|goal| reports && goal.status == ThreadGoalStatus::Complete).map(|goal| {
        let budget = goal.token_budget.map(|budget| format!(" of {budget}")).unwrap_or_default();
        format!(
            "The goal is reached. Tell the user what it took: {}{budget} tokens and {} seconds.",
            goal.tokens_used, goal.time_used_seconds
        )
    });
    json!({ "goal": goal, "remainingTokens": remaining, "completionBudgetReport": report }).to_string().into()
}
