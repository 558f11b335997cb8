//! The goal of a thread while it is loaded: the turns that the thread begins for it by itself, and what they use.

use std::sync::Arc;

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    CodexErrorInfo, ModeKind, ThreadGoalClearedNotification, ThreadGoalStatus, Turn, TurnStatus,
};
use codex_thread_state::GoalUse;
use tokio::time::Instant;

use super::ThreadShared;
use super::actor::Actor;
use crate::context;
use crate::kept::tell_goal;
use crate::turn::{Opening, SettingsLine, TurnFacts, TurnKind};

impl ThreadShared {
    /// Whether the thread may have a goal.
    pub(crate) fn has_goals(&self) -> bool {
        !self.log.is_ephemeral() && self.config().features.enabled("goals")
    }
}

impl Actor {
    /// Begins a turn for the goal, if it is active and nothing else is to be done.
    pub(super) async fn go_on_with_goal(&mut self) {
        let shared = Arc::clone(&self.shared);
        let is_free = !self.goal_held && self.running.is_none() && !self.is_closing();
        if !is_free || !shared.has_goals() || self.settings.mode == ModeKind::Plan {
            return;
        }
        let goal = match shared.state.goal(shared.id.to_string()).await {
            Ok(Some(goal)) if goal.status == ThreadGoalStatus::Active => goal,
            Ok(_) => return,
            Err(error) => return tracing::warn!(thread = %shared.id, %error, "the goal of a thread is not looked at"),
        };
        let Some(turn) = Arc::into_inner(self.turn_of_its_own(TurnKind::Regular)) else { return };
        let settings_line = std::mem::replace(&mut self.settings_line, SettingsLine::None);
        self.begin(Arc::new(TurnFacts { settings_line, ..turn }), Opening::Goal(context::goal(&goal)));
    }
}

/// Tells everyone of the goal as it is, or that there is none.
pub(super) async fn tell_present_goal(shared: &ThreadShared) {
    let goal = shared.state.goal(shared.id.to_string()).await.unwrap_or_else(|error| {
        tracing::warn!(thread = %shared.id, %error, "the goal of a thread is not shown");
        None
    });
    shared.sink.broadcast(match goal {
        Some(goal) => tell_goal(None, goal),
        None => {
            let cleared = ThreadGoalClearedNotification { thread_id: shared.id.to_string() };
            ServerNotification::ThreadGoalCleared(cleared)
        }
    });
}

/// Counts what the turn has used since it was last counted, if the thread has an active goal.
pub(crate) async fn count_goal(shared: &ThreadShared, turn: &TurnFacts) {
    if !shared.has_goals() {
        return;
    }
    let used = skip_goal(turn);
    if used.tokens == 0 {
        return;
    }
    let counted = shared.state.use_goal(shared.id.to_string(), used, shared.env.now_ms()).await;
    match counted {
        Ok(Some(goal)) => shared.sink.broadcast(tell_goal(Some(turn.id.clone()), goal)),
        Ok(None) => {}
        Err(error) => tracing::warn!(thread = %shared.id, %error, "what a goal has used is not counted"),
    }
}

/// What the turn has used since it was last counted; it counts as counted from here on.
pub(crate) fn skip_goal(turn: &TurnFacts) -> GoalUse {
    let now = Instant::now();
    let mut progress = turn.progress();
    // What the provider had at hand costs little.
    let used = &progress.usage;
    let total = used.input_tokens.saturating_sub(used.cached_input_tokens).saturating_add(used.output_tokens);
    let (before, since) = std::mem::replace(&mut progress.goal_counted, (total, now));
    let millis = i64::try_from((now - since).as_millis()).unwrap_or(i64::MAX);
    GoalUse { tokens: total.saturating_sub(before), millis }
}

/// A turn that fails ends the goal for now: it would only fail again. Whether the thread goes on to its goal after a turn
/// that was completed.
pub(super) async fn end_goal(shared: &ThreadShared, turn: &TurnFacts, ended: &Turn) -> bool {
    if !shared.has_goals() {
        return false;
    }
    let id = shared.id.to_string();
    if ended.status != TurnStatus::Failed {
        let goal = shared.state.goal(id).await.ok().flatten();
        return goal.is_some_and(|goal| goal.status == ThreadGoalStatus::Active);
    }
    let info = ended.error.as_ref().and_then(|error| error.codex_error_info.as_ref());
    let status = match info {
        Some(CodexErrorInfo::UsageLimitExceeded) => ThreadGoalStatus::UsageLimited,
        _ => ThreadGoalStatus::Blocked,
    };
    match shared.state.stop_goal(id, status, shared.env.now_ms()).await {
        Ok(Some(goal)) => shared.sink.broadcast(tell_goal(Some(turn.id.clone()), goal)),
        Ok(None) => {}
        Err(error) => tracing::warn!(thread = %shared.id, %error, "a goal is shown as active, and its turn has failed"),
    }
    false
}
