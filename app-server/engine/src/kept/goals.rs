//! `thread/goal/*`.

use codex_app_server_protocol::ServerNotification;
use codex_app_server_protocol::v2::{
    ThreadGoal, ThreadGoalClearParams, ThreadGoalClearResponse, ThreadGoalClearedNotification, ThreadGoalGetParams,
    ThreadGoalGetResponse, ThreadGoalSetParams, ThreadGoalSetResponse, ThreadGoalUpdatedNotification,
};
use codex_thread_state::GoalChange;

use super::Known;
use crate::engine::{Engine, Inner, Reply};
use crate::error::EngineError;
use crate::registry::thread_id;
use crate::thread::{Command, Handle};

/// How many characters an objective may have.
const MAX_OBJECTIVE: usize = 4000;

impl Engine {
    /// Gives a thread a goal, or changes the one it has. Everyone is told; an idle thread goes on to an active goal.
    pub async fn set_goal(&self, params: ThreadGoalSetParams, reply: Reply<ThreadGoalSetResponse>) {
        let (goal, loaded) = match self.inner.change_goal(params).await {
            Ok(changed) => changed,
            Err(error) => return reply(Err(error)),
        };
        reply(Ok(ThreadGoalSetResponse { goal: goal.clone() }));
        self.inner.broadcast(tell_goal(None, goal));
        if let Some(handle) = loaded {
            // A thread that has ended meanwhile goes on when it is resumed.
            let _ = handle.mailbox.send(Command::GoalChanged).await;
        }
    }

    /// Reads the goal of a thread.
    pub async fn get_goal(&self, params: ThreadGoalGetParams, reply: Reply<ThreadGoalGetResponse>) {
        let goal = match self.inner.goal_of(&params.thread_id).await {
            Ok((id, _)) => self.inner.state.goal(id).await,
            Err(error) => return reply(Err(error)),
        };
        reply(goal.map(|goal| ThreadGoalGetResponse { goal }).map_err(EngineError::from));
    }

    /// Takes the goal away from a thread. Everyone is told if there was one.
    pub async fn clear_goal(&self, params: ThreadGoalClearParams, reply: Reply<ThreadGoalClearResponse>) {
        let id = match self.inner.goal_of(&params.thread_id).await {
            Ok((id, _)) => id,
            Err(error) => return reply(Err(error)),
        };
        let cleared = match self.inner.state.clear_goal(id.clone()).await {
            Ok(cleared) => cleared,
            Err(error) => return reply(Err(error.into())),
        };
        reply(Ok(ThreadGoalClearResponse { cleared }));
        if cleared {
            let told = ThreadGoalClearedNotification { thread_id: id };
            self.inner.broadcast(ServerNotification::ThreadGoalCleared(told));
        }
    }
}

impl Inner {
    async fn change_goal(&self, params: ThreadGoalSetParams) -> Result<(ThreadGoal, Option<Handle>), EngineError> {
        let (id, loaded) = self.goal_of(&params.thread_id).await?;
        let objective = params.objective.as_deref().map(check_objective).transpose().map_err(EngineError::Refused)?;
        if let Some(Some(budget)) = params.token_budget {
            check_budget(budget).map_err(EngineError::Refused)?;
        }
        let change = GoalChange { objective, status: params.status, token_budget: params.token_budget };
        let goal = self.state.set_goal(id, change, self.deps.env.now_ms()).await?;
        Ok((goal, loaded))
    }

    /// The thread whose goal is meant, with its handle when it is loaded.
    async fn goal_of(&self, text: &str) -> Result<(String, Option<Handle>), EngineError> {
        let id = thread_id(text)?;
        match self.known(&id).await? {
            None | Some(Known::Stored { archived: true }) => Err(EngineError::ThreadNotFound(id)),
            Some(Known::Stored { archived: false }) => Ok((id, None)),
            Some(Known::Loaded(handle)) if handle.shared.log.is_ephemeral() => {
                Err(EngineError::Ephemeral { id, what: "goals" })
            }
            Some(Known::Loaded(handle)) => Ok((id, Some(handle))),
        }
    }
}

/// An objective without the blanks around it, or what is wrong with it.
pub(crate) fn check_objective(objective: &str) -> Result<String, String> {
    match objective.trim() {
        "" => Err("goal objective must not be empty".to_owned()),
        objective if objective.chars().count() > MAX_OBJECTIVE => {
            Err(format!("goal objective must be at most {MAX_OBJECTIVE} characters"))
        }
        objective => Ok(objective.to_owned()),
    }
}

/// What is wrong with a budget.
pub(crate) fn check_budget(budget: i64) -> Result<(), String> {
    match budget > 0 {
        true => Ok(()),
        false => Err("goal budgets must be positive when provided".to_owned()),
    }
}

/// What everyone is told of a goal, and of the turn that changed it.
pub(crate) fn tell_goal(turn_id: Option<String>, goal: ThreadGoal) -> ServerNotification {
    let thread_id = goal.thread_id.clone();
    ServerNotification::ThreadGoalUpdated(ThreadGoalUpdatedNotification { thread_id, turn_id, goal })
}
