//! What is known of single threads: their project, section, what of them has been read, whether they are remembered.

use std::collections::HashMap;

use codex_app_server_protocol::v2::{ThreadMemoryMode, ThreadReadState, ThreadSection, ThreadUnreadPosition};
use codex_utils_database::rusqlite::{self, Connection, OptionalExtension, Row, params, params_from_iter};

use crate::database::ThreadState;
use crate::error::StateError;
use crate::sections;

/// How many threads one query asks for.
const AT_ONCE: usize = 500;

/// What is known of a thread.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ThreadFacts {
    /// Its project.
    pub project_id: Option<String>,
    /// Its section.
    pub section: Option<ThreadSection>,
    /// When it came into the section, in seconds.
    pub section_entered_at: Option<i64>,
    /// What of it has been read; `None` as long as nobody has said and no turn has ended, see [`default_read_state`].
    pub read_state: Option<ThreadReadState>,
    /// Whether it takes part in memories, where that was said.
    pub memory_mode: Option<ThreadMemoryMode>,
}

/// The state of a thread with turns of which nothing else is known: all of it is read.
#[must_use]
pub fn default_read_state(thread_id: &str) -> ThreadReadState {
    ThreadReadState { first_unread: None, revision: thread_id.to_owned() }
}

impl ThreadState {
    /// What is known of these threads; one of which nothing is known is left out.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn facts(&self, ids: Vec<String>) -> Result<HashMap<String, ThreadFacts>, StateError> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let facts = self.look(move |db| {
            let mut known = HashMap::with_capacity(ids.len());
            for ids in ids.chunks(AT_ONCE) {
                let places = vec!["?"; ids.len()].join(",");
                let mut query = db.prepare(&format!(
                    "SELECT t.id, t.project_id, t.section_entered_at, t.read_revision, t.unread_start, t.unread_turn,
                        t.memory_mode, s.id, s.name, s.appearance
                     FROM threads t LEFT JOIN sections s ON s.id = t.section_id WHERE t.id IN ({places})"
                ))?;
                let mut rows = query.query(params_from_iter(ids))?;
                while let Some(row) = rows.next()? {
                    known.insert(row.get(0)?, thread_facts(row)?);
                }
            }
            Ok(known)
        });
        Ok(facts.await?.unwrap_or_default())
    }

    /// A turn has ended with something to read; how the thread's state is then. What was unread before stays the first.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn turn_unread(
        &self,
        thread_id: String,
        turn_id: String,
        revision: String,
    ) -> Result<ThreadReadState, StateError> {
        self.change(move |db| {
            db.execute(
                "INSERT INTO threads (id, read_revision, unread_turn) VALUES (?1, ?2, ?3)
                 ON CONFLICT (id) DO UPDATE SET read_revision = excluded.read_revision,
                    unread_turn = COALESCE(unread_turn, excluded.unread_turn)",
                params![thread_id, revision, turn_id],
            )?;
            Ok(read_state(db, &thread_id)?.unwrap_or_else(|| default_read_state(&thread_id)))
        })
        .await
    }

    /// Marks a thread with turns as read, or as unread from its start, if it is as the caller has seen it.
    ///
    /// # Errors
    /// [`StateError::ReadStateConflict`] with the state as it is, [`StateError::Unusable`].
    pub async fn mark_read(
        &self,
        thread_id: String,
        unread: bool,
        expected: String,
        revision: String,
    ) -> Result<ThreadReadState, StateError> {
        self.change(move |db| {
            let present = read_state(db, &thread_id)?.unwrap_or_else(|| default_read_state(&thread_id));
            if present.revision != expected {
                return Err(StateError::ReadStateConflict(Box::new(present)));
            }
            db.execute(
                "INSERT INTO threads (id, read_revision, unread_start) VALUES (?1, ?2, ?3)
                 ON CONFLICT (id) DO UPDATE SET read_revision = excluded.read_revision,
                    unread_start = excluded.unread_start, unread_turn = NULL",
                params![thread_id, revision, unread],
            )?;
            Ok(ThreadReadState { first_unread: unread.then_some(ThreadUnreadPosition::ThreadStart), revision })
        })
        .await
    }

    /// Keeps whether a thread takes part in memories.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn set_memory_mode(&self, thread_id: String, mode: ThreadMemoryMode) -> Result<(), StateError> {
        let mode = match mode {
            ThreadMemoryMode::Enabled => ENABLED,
            ThreadMemoryMode::Disabled => DISABLED,
        };
        self.change(move |db| {
            db.execute(
                "INSERT INTO threads (id, memory_mode) VALUES (?1, ?2)
                 ON CONFLICT (id) DO UPDATE SET memory_mode = excluded.memory_mode",
                params![thread_id, mode],
            )?;
            Ok(())
        })
        .await
    }

    /// The threads in a section, or in any.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn in_section(&self, section_id: Option<String>) -> Result<Vec<String>, StateError> {
        self.threads_with("section_id", section_id).await
    }

    /// The threads in a project, or in any.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn in_project(&self, project_id: Option<String>) -> Result<Vec<String>, StateError> {
        self.threads_with("project_id", project_id).await
    }

    async fn threads_with(&self, column: &'static str, value: Option<String>) -> Result<Vec<String>, StateError> {
        let threads = self.look(move |db| {
            let mut list = db.prepare_cached(&format!(
                "SELECT id FROM threads WHERE {column} IS NOT NULL AND {column} = coalesce(?1, {column}) ORDER BY section_position, id"
            ))?;
            let rows = list.query_map([value], |row| row.get(0))?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        });
        Ok(threads.await?.unwrap_or_default())
    }

    /// Forgets all that is known of a thread, with the keys of requests that were about it or made it.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn forget_thread(&self, thread_id: String) -> Result<(), StateError> {
        self.change_if_there(move |db| {
            db.execute("DELETE FROM threads WHERE id = ?1", [&thread_id])?;
            db.execute("DELETE FROM attachments WHERE thread_id = ?1", [&thread_id])?;
            db.execute("DELETE FROM queue WHERE thread_id = ?1", [&thread_id])?;
            db.execute("DELETE FROM goals WHERE thread_id = ?1", [&thread_id])?;
            db.execute("DELETE FROM idempotency_keys WHERE thread_id = ?1 OR made_id = ?1", [&thread_id])?;
            Ok(())
        })
        .await?;
        Ok(())
    }
}

const ENABLED: &str = "enabled";
const DISABLED: &str = "disabled";

fn thread_facts(row: &Row<'_>) -> Result<ThreadFacts, StateError> {
    let section: Option<ThreadSection> = match row.get::<_, Option<String>>(7)? {
        Some(id) => Some(sections::section((id, row.get(8)?, row.get(9)?))?),
        None => None,
    };
    let entered: Option<i64> = row.get(2)?;
    let memory_mode = match row.get::<_, Option<String>>(6)?.as_deref() {
        Some(ENABLED) => Some(ThreadMemoryMode::Enabled),
        Some(_) => Some(ThreadMemoryMode::Disabled),
        None => None,
    };
    Ok(ThreadFacts {
        project_id: row.get(1)?,
        section,
        section_entered_at: entered.map(|entered| entered.div_euclid(1000)),
        read_state: state_of(row.get(3)?, row.get(4)?, row.get(5)?),
        memory_mode,
    })
}

fn state_of(revision: Option<String>, unread_start: bool, unread_turn: Option<String>) -> Option<ThreadReadState> {
    let first_unread = match (unread_start, unread_turn) {
        (true, _) => Some(ThreadUnreadPosition::ThreadStart),
        (false, turn) => turn.map(|turn_id| ThreadUnreadPosition::Turn { turn_id }),
    };
    revision.map(|revision| ThreadReadState { first_unread, revision })
}

fn read_state(db: &Connection, thread_id: &str) -> rusqlite::Result<Option<ThreadReadState>> {
    let mut find = db.prepare_cached("SELECT read_revision, unread_start, unread_turn FROM threads WHERE id = ?1")?;
    let state = find.query_row([thread_id], |row| Ok(state_of(row.get(0)?, row.get(1)?, row.get(2)?)));
    Ok(state.optional()?.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::tests::fresh;

    #[tokio::test]
    async fn the_first_unread_turn_stays_the_first() {
        let (_folder, state) = fresh();
        let end = |turn: &str, revision: &str| state.turn_unread("t".to_owned(), turn.to_owned(), revision.to_owned());
        let position = |turn: &str| Some(ThreadUnreadPosition::Turn { turn_id: turn.to_owned() });
        assert_eq!(end("one", "r1").await.unwrap().first_unread, position("one"));
        let later = end("two", "r2").await.unwrap();
        assert_eq!((later.first_unread, later.revision.as_str()), (position("one"), "r2"));
        let mark = |unread, expected: &str, revision: &str| {
            state.mark_read("t".to_owned(), unread, expected.to_owned(), revision.to_owned())
        };
        let StateError::ReadStateConflict(present) = mark(false, "r1", "r3").await.unwrap_err() else {
            unreachable!("another error")
        };
        assert_eq!(present.revision, "r2");
        assert_eq!(mark(false, "r2", "r3").await.unwrap().first_unread, None);
        assert_eq!(end("three", "r4").await.unwrap().first_unread, position("three"));
        assert_eq!(mark(true, "r4", "r5").await.unwrap().first_unread, Some(ThreadUnreadPosition::ThreadStart));
        assert_eq!(end("four", "r6").await.unwrap().first_unread, Some(ThreadUnreadPosition::ThreadStart));
        assert_eq!(state.facts(vec!["t".to_owned()]).await.unwrap()["t"].read_state.as_ref().unwrap().revision, "r6");
    }

    #[tokio::test]
    async fn a_thread_of_which_nothing_is_known_is_read_as_a_whole() {
        let (_folder, state) = fresh();
        let expected = default_read_state("t");
        let marked = state.mark_read("t".to_owned(), true, expected.revision, "r".to_owned()).await.unwrap();
        assert_eq!(marked.first_unread, Some(ThreadUnreadPosition::ThreadStart));
    }

    #[tokio::test]
    async fn a_deleted_thread_leaves_nothing() {
        let (_folder, state) = fresh();
        let id = || "t".to_owned();
        state.set_memory_mode(id(), ThreadMemoryMode::Disabled).await.unwrap();
        state.move_to_section(id(), Some(crate::PINNED.to_owned()), None, 0).await.unwrap();
        let facts = state.facts(vec![id(), "other".to_owned()]).await.unwrap();
        assert_eq!(facts.len(), 1);
        assert_eq!(facts["t"].memory_mode, Some(ThreadMemoryMode::Disabled));
        assert_eq!(facts["t"].section.as_ref().unwrap().name, "Pinned");
        state.forget_thread(id()).await.unwrap();
        assert!(state.facts(vec![id()]).await.unwrap().is_empty());
    }
}
