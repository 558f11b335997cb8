//! Goals: what a thread is to reach, and what it has used for it.

use codex_app_server_protocol::v2::{ThreadGoal, ThreadGoalStatus};
use codex_utils_database::rusqlite::{self, Connection, OptionalExtension, Row, params};

use crate::database::ThreadState;
use crate::error::StateError;

/// What is to change about a goal; what is `None` stays.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GoalChange {
    /// What is to be reached. A thread without a goal, or with one that is reached, begins a new one with it.
    pub objective: Option<String>,
    /// How it stands.
    pub status: Option<ThreadGoalStatus>,
    /// How many tokens it may use; `Some(None)` takes the bound away.
    pub token_budget: Option<Option<i64>>,
}

/// What was used for a goal since it was last counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct GoalUse {
    /// Tokens.
    pub tokens: i64,
    /// Time, in milliseconds.
    pub millis: i64,
}

impl ThreadState {
    /// The goal of a thread, if it has one.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn goal(&self, thread_id: String) -> Result<Option<ThreadGoal>, StateError> {
        Ok(self.look(move |db| Ok(find(db, &thread_id)?)).await?.flatten())
    }

    /// Changes the goal of a thread, or gives it one; returns it as it is then. `now` is in milliseconds. A goal whose
    /// budget is used up does not become active, and neither paused nor blocked.
    ///
    /// # Errors
    /// [`StateError::NoGoal`] without an objective for a thread without a goal, [`StateError::Unusable`].
    pub async fn set_goal(&self, thread_id: String, change: GoalChange, now: i64) -> Result<ThreadGoal, StateError> {
        self.change(move |db| {
            let present = find(db, &thread_id)?;
            let goal = match (present, change.objective) {
                (None, None) => return Err(StateError::NoGoal(thread_id)),
                (Some(goal), None) => goal,
                (Some(goal), Some(objective)) if goal.status != ThreadGoalStatus::Complete => {
                    ThreadGoal { objective, ..goal }
                }
                (_, Some(objective)) => begun(thread_id, objective, now),
            };
            let token_budget = change.token_budget.unwrap_or(goal.token_budget);
            let status = status_after(&goal, change.status.unwrap_or(goal.status), token_budget);
            let goal = ThreadGoal { token_budget, status, updated_at: now.div_euclid(1000), ..goal };
            keep(db, &goal)?;
            Ok(goal)
        })
        .await
    }

    /// Gives a thread a goal; one that it has must be reached. `now` is in milliseconds.
    ///
    /// # Errors
    /// [`StateError::GoalUnfinished`], [`StateError::Unusable`].
    pub async fn create_goal(
        &self,
        thread_id: String,
        objective: String,
        token_budget: Option<i64>,
        now: i64,
    ) -> Result<ThreadGoal, StateError> {
        self.change(move |db| {
            if find(db, &thread_id)?.is_some_and(|goal| goal.status != ThreadGoalStatus::Complete) {
                return Err(StateError::GoalUnfinished);
            }
            let goal = ThreadGoal { token_budget, ..begun(thread_id, objective, now) };
            keep(db, &goal)?;
            Ok(goal)
        })
        .await
    }

    /// Takes the goal away; whether there was one.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn clear_goal(&self, thread_id: String) -> Result<bool, StateError> {
        let cleared =
            self.change_if_there(move |db| Ok(db.execute("DELETE FROM goals WHERE thread_id = ?1", [&thread_id])? > 0));
        Ok(cleared.await?.unwrap_or_default())
    }

    /// Counts what was used while the goal was active; the goal as it is then, if it was. A budget that is used up ends it.
    /// `now` is in milliseconds.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn use_goal(&self, thread_id: String, used: GoalUse, now: i64) -> Result<Option<ThreadGoal>, StateError> {
        self.change_active(
            thread_id,
            move |goal| {
                let tokens_used = goal.tokens_used.saturating_add(used.tokens);
                let spent = ThreadGoal { tokens_used, updated_at: now.div_euclid(1000), ..goal };
                ThreadGoal { status: status_after(&spent, spent.status, spent.token_budget), ..spent }
            },
            used.millis,
        )
        .await
    }

    /// Ends an active goal in another way than by reaching it; the goal as it is then, if it was active. `now` is in
    /// milliseconds.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn stop_goal(
        &self,
        thread_id: String,
        status: ThreadGoalStatus,
        now: i64,
    ) -> Result<Option<ThreadGoal>, StateError> {
        let stopped = move |goal| ThreadGoal { status, updated_at: now.div_euclid(1000), ..goal };
        self.change_active(thread_id, stopped, 0).await
    }

    async fn change_active(
        &self,
        thread_id: String,
        change: impl FnOnce(ThreadGoal) -> ThreadGoal + Send + 'static,
        millis: i64,
    ) -> Result<Option<ThreadGoal>, StateError> {
        // Most threads have no goal, and nobody waits for those.
        if self.goal(thread_id.clone()).await?.is_none_or(|goal| goal.status != ThreadGoalStatus::Active) {
            return Ok(None);
        }
        self.change(move |db| {
            let Some(goal) = find(db, &thread_id)?.filter(|goal| goal.status == ThreadGoalStatus::Active) else {
                return Ok(None);
            };
            keep(db, &change(goal))?;
            db.execute(
                "UPDATE goals SET time_used_ms = time_used_ms + ?2 WHERE thread_id = ?1",
                params![thread_id, millis],
            )?;
            Ok(find(db, &thread_id)?)
        })
        .await
    }
}

/// What a goal that is to have a status has, given what it has used.
fn status_after(goal: &ThreadGoal, wanted: ThreadGoalStatus, budget: Option<i64>) -> ThreadGoalStatus {
    use ThreadGoalStatus::{Active, Blocked, BudgetLimited, Paused};
    let is_spent = budget.is_some_and(|budget| goal.tokens_used >= budget);
    match wanted {
        Active if is_spent => BudgetLimited,
        Paused | Blocked if goal.status == BudgetLimited => BudgetLimited,
        wanted => wanted,
    }
}

fn begun(thread_id: String, objective: String, now: i64) -> ThreadGoal {
    let now = now.div_euclid(1000);
    ThreadGoal {
        thread_id,
        objective,
        status: ThreadGoalStatus::Active,
        token_budget: None,
        tokens_used: 0,
        time_used_seconds: 0,
        created_at: now,
        updated_at: now,
    }
}

const STATUSES: [(ThreadGoalStatus, &str); 6] = [
    (ThreadGoalStatus::Active, "active"),
    (ThreadGoalStatus::Paused, "paused"),
    (ThreadGoalStatus::Blocked, "blocked"),
    (ThreadGoalStatus::UsageLimited, "usageLimited"),
    (ThreadGoalStatus::BudgetLimited, "budgetLimited"),
    (ThreadGoalStatus::Complete, "complete"),
];

fn columns(row: &Row<'_>) -> rusqlite::Result<ThreadGoal> {
    let status: String = row.get(2)?;
    // What a later version may have written does not go on by itself.
    let status =
        STATUSES.iter().find(|(_, name)| *name == status).map_or(ThreadGoalStatus::Paused, |(known, _)| *known);
    Ok(ThreadGoal {
        thread_id: row.get(0)?,
        objective: row.get(1)?,
        status,
        token_budget: row.get(3)?,
        tokens_used: row.get(4)?,
        time_used_seconds: row.get::<_, i64>(5)?.div_euclid(1000),
        created_at: row.get(6)?,
        updated_at: row.get(7)?,
    })
}

fn find(db: &Connection, thread_id: &str) -> rusqlite::Result<Option<ThreadGoal>> {
    let mut find = db.prepare_cached(
        "SELECT thread_id, objective, status, token_budget, tokens_used, time_used_ms, created_at, updated_at
         FROM goals WHERE thread_id = ?1",
    )?;
    find.query_row([thread_id], columns).optional()
}

/// Keeps a goal. The time it has used is counted apart, and begins anew with a new goal.
fn keep(db: &Connection, goal: &ThreadGoal) -> rusqlite::Result<()> {
    let status = STATUSES.iter().find(|(status, _)| *status == goal.status).map_or("paused", |(_, name)| *name);
    db.execute(
        "INSERT INTO goals (thread_id, objective, status, token_budget, tokens_used, time_used_ms, created_at, updated_at)
         VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?7)
         ON CONFLICT (thread_id) DO UPDATE SET objective = excluded.objective, status = excluded.status,
            token_budget = excluded.token_budget, tokens_used = excluded.tokens_used, updated_at = excluded.updated_at,
            time_used_ms = CASE status WHEN 'complete' THEN 0 ELSE time_used_ms END, created_at = excluded.created_at",
        params![
            goal.thread_id,
            goal.objective,
            status,
            goal.token_budget,
            goal.tokens_used,
            goal.created_at,
            goal.updated_at
        ],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::tests::fresh;

    fn t() -> String {
        "t".to_owned()
    }

    fn status(status: ThreadGoalStatus) -> GoalChange {
        GoalChange { status: Some(status), ..GoalChange::default() }
    }

    #[tokio::test]
    async fn a_goal_ends_with_its_budget() {
        use ThreadGoalStatus::{Active, BudgetLimited, Complete, Paused};
        let (_folder, state) = fresh();
        assert_eq!(state.set_goal(t(), status(Active), 0).await, Err(StateError::NoGoal(t())));
        let goal = state.create_goal(t(), "o".to_owned(), Some(40), 7_000).await.unwrap();
        assert_eq!((goal.status, goal.created_at, goal.token_budget), (Active, 7, Some(40)));
        assert_eq!(state.create_goal(t(), "p".to_owned(), None, 0).await, Err(StateError::GoalUnfinished));
        let used = GoalUse { tokens: 25, millis: 900 };
        let goal = state.use_goal(t(), used, 8_000).await.unwrap().unwrap();
        assert_eq!((goal.status, goal.tokens_used, goal.time_used_seconds), (Active, 25, 0));
        let goal = state.use_goal(t(), used, 9_000).await.unwrap().unwrap();
        assert_eq!((goal.status, goal.tokens_used, goal.time_used_seconds), (BudgetLimited, 50, 1));
        assert_eq!(state.use_goal(t(), used, 9_000).await.unwrap(), None);
        for wanted in [Active, Paused] {
            assert_eq!(state.set_goal(t(), status(wanted), 0).await.unwrap().status, BudgetLimited);
        }
        let change = GoalChange { token_budget: Some(Some(1_000)), ..status(Active) };
        assert_eq!(state.set_goal(t(), change, 0).await.unwrap().status, Active);
        assert_eq!(state.set_goal(t(), status(Complete), 0).await.unwrap().status, Complete);
        let next = GoalChange { objective: Some("next".to_owned()), ..GoalChange::default() };
        let goal = state.set_goal(t(), next, 0).await.unwrap();
        assert_eq!((goal.status, goal.tokens_used), (Active, 0));
        assert!(state.clear_goal(t()).await.unwrap());
        assert!(!state.clear_goal(t()).await.unwrap());
    }

    #[tokio::test]
    async fn only_an_active_goal_is_stopped() {
        use ThreadGoalStatus::{Blocked, Paused};
        let (_folder, state) = fresh();
        assert_eq!(state.stop_goal(t(), Blocked, 0).await.unwrap(), None);
        state.create_goal(t(), "o".to_owned(), None, 0).await.unwrap();
        assert_eq!(state.stop_goal(t(), Blocked, 0).await.unwrap().unwrap().status, Blocked);
        state.set_goal(t(), status(Paused), 0).await.unwrap();
        assert_eq!(state.stop_goal(t(), Blocked, 0).await.unwrap(), None);
        assert_eq!(state.goal(t()).await.unwrap().unwrap().status, Paused);
    }
}
