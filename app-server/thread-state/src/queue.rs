//! Queues: what the user has said and what waits for its turn.

use std::collections::BTreeMap;

use codex_app_server_protocol::v2::{QueuedSubmission, UserInput};
use codex_utils_database::rusqlite::{self, OptionalExtension, Row, params};

use crate::database::ThreadState;
use crate::error::StateError;
use crate::{Page, page_size, with_next};

/// What is to change about an entry.
#[derive(Clone, Debug, PartialEq)]
pub struct QueuedChange {
    /// Which one.
    pub id: String,
    /// What the user says instead.
    pub input: Vec<UserInput>,
    /// What goes along with the request to the model from now on; `None` leaves it.
    pub metadata: Option<BTreeMap<String, String>>,
}

impl ThreadState {
    /// Puts an entry at the end of a thread's queue.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn enqueue(&self, thread_id: String, entry: QueuedSubmission) -> Result<(), StateError> {
        self.change(move |db| {
            db.execute(
                "INSERT INTO queue (id, thread_id, position, input, client_user_message_id, metadata)
                 VALUES (?1, ?2, (SELECT COALESCE(MAX(position) + 1, 0) FROM queue WHERE thread_id = ?2), ?3, ?4, ?5)",
                params![
                    entry.id,
                    thread_id,
                    serde_json::to_string(&entry.input)?,
                    entry.client_user_message_id,
                    entry.responsesapi_client_metadata.as_ref().map(serde_json::to_string).transpose()?
                ],
            )?;
            Ok(())
        })
        .await
    }

    /// The queue in its order. A cursor is how many entries stand before the page.
    ///
    /// # Errors
    /// [`StateError::QueueCursor`], [`StateError::Unusable`].
    pub async fn queue(
        &self,
        thread_id: String,
        cursor: Option<String>,
        limit: Option<u32>,
    ) -> Result<Page<QueuedSubmission>, StateError> {
        let before = match cursor {
            None => 0,
            Some(cursor) => cursor.parse::<u32>().map_err(|error| StateError::QueueCursor(error.to_string()))?,
        };
        let size = page_size(limit);
        let entries = self.look(move |db| {
            let mut list = db.prepare_cached(&format!(
                "SELECT {COLUMNS} FROM queue WHERE thread_id = ?1 ORDER BY position, id LIMIT ?2 OFFSET ?3"
            ))?;
            let rows = list.query_map(params![thread_id, with_next(size), before], columns)?;
            rows.map(|row| entry(row?)).collect::<Result<Vec<_>, StateError>>()
        });
        let next = before as usize + size;
        Ok(Page::cut(entries.await?.unwrap_or_default(), size, |_| next.to_string()))
    }

    /// Changes an entry, and returns it as it is then.
    ///
    /// # Errors
    /// [`StateError::QueuedNotFound`], [`StateError::Unusable`].
    pub async fn update_queued(&self, thread_id: String, change: QueuedChange) -> Result<QueuedSubmission, StateError> {
        let id = change.id.clone();
        let updated = self.change_if_there(move |db| {
            let changed = db.query_row(
                &format!(
                    "UPDATE queue SET input = ?3, metadata = COALESCE(?4, metadata) WHERE id = ?1 AND thread_id = ?2
                     RETURNING {COLUMNS}"
                ),
                params![
                    change.id,
                    thread_id,
                    serde_json::to_string(&change.input)?,
                    change.metadata.as_ref().map(serde_json::to_string).transpose()?
                ],
                columns,
            );
            changed.optional()?.map(entry).transpose()
        });
        updated.await?.flatten().ok_or(StateError::QueuedNotFound(id))
    }

    /// Takes an entry out of the queue; whether it was there.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn delete_queued(&self, thread_id: String, id: String) -> Result<bool, StateError> {
        let deleted = self.change_if_there(move |db| {
            Ok(db.execute("DELETE FROM queue WHERE id = ?1 AND thread_id = ?2", [&id, &thread_id])? > 0)
        });
        Ok(deleted.await?.unwrap_or_default())
    }

    /// Gives the queue another order, which has to name each entry once.
    ///
    /// # Errors
    /// [`StateError::QueueReorder`], [`StateError::Unusable`].
    pub async fn reorder_queue(&self, thread_id: String, order: Vec<String>) -> Result<(), StateError> {
        let named = order.len();
        let reordered = self.change_if_there(move |db| {
            let mut list = db.prepare_cached("SELECT id FROM queue WHERE thread_id = ?1 ORDER BY id")?;
            let present = list.query_map([&thread_id], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
            let mut sorted = order.clone();
            sorted.sort_unstable();
            if sorted != present {
                return Err(StateError::QueueReorder);
            }
            for (position, id) in (0_i64..).zip(&order) {
                db.execute("UPDATE queue SET position = ?2 WHERE id = ?1", params![id, position])?;
            }
            Ok(())
        });
        match reordered.await? {
            None if named > 0 => Err(StateError::QueueReorder),
            _ => Ok(()),
        }
    }

    /// Takes an entry out to start it: the named one, or the first.
    ///
    /// # Errors
    /// [`StateError::QueuedNotFound`], [`StateError::QueueEmpty`], [`StateError::Unusable`].
    pub async fn dequeue(&self, thread_id: String, id: Option<String>) -> Result<QueuedSubmission, StateError> {
        let named = id.clone();
        let taken = self.change_if_there(move |db| {
            let taken = db.query_row(
                &format!(
                    "DELETE FROM queue WHERE id =
                        (SELECT id FROM queue WHERE thread_id = ?1 AND (?2 IS NULL OR id = ?2)
                         ORDER BY position, id LIMIT 1)
                     RETURNING {COLUMNS}"
                ),
                params![thread_id, id],
                columns,
            );
            taken.optional()?.map(entry).transpose()
        });
        taken.await?.flatten().ok_or_else(|| named.map_or(StateError::QueueEmpty, StateError::QueuedNotFound))
    }

    /// Whether an entry is in the queue: the named one, or any.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn is_queued(&self, thread_id: String, id: Option<String>) -> Result<bool, StateError> {
        let found = self.look(move |db| {
            let query = "SELECT 1 FROM queue WHERE thread_id = ?1 AND (?2 IS NULL OR id = ?2) LIMIT 1";
            Ok(db.prepare_cached(query)?.exists(params![thread_id, id])?)
        });
        Ok(found.await?.unwrap_or_default())
    }
}

const COLUMNS: &str = "id, input, client_user_message_id, metadata";

type Columns = (String, String, String, Option<String>);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
}

fn entry((id, input, client_user_message_id, metadata): Columns) -> Result<QueuedSubmission, StateError> {
    Ok(QueuedSubmission {
        id,
        input: serde_json::from_str(&input)?,
        client_user_message_id,
        responsesapi_client_metadata: metadata.as_deref().map(serde_json::from_str).transpose()?,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::tests::fresh;

    fn said(id: &str) -> QueuedSubmission {
        QueuedSubmission {
            id: id.to_owned(),
            input: serde_json::from_str(&format!(r#"[{{"type":"text","text":"{id}"}}]"#)).unwrap(),
            client_user_message_id: format!("m-{id}"),
            responsesapi_client_metadata: None,
        }
    }

    fn t() -> String {
        "t".to_owned()
    }

    #[tokio::test]
    async fn the_first_goes_first_unless_another_is_named() {
        let (_folder, state) = fresh();
        assert_eq!(state.dequeue(t(), None).await, Err(StateError::QueueEmpty));
        for id in ["a", "b", "c", "d"] {
            state.enqueue(t(), said(id)).await.unwrap();
        }
        state.enqueue("other".to_owned(), said("x")).await.unwrap();
        assert_eq!(state.dequeue(t(), Some("b".to_owned())).await.unwrap(), said("b"));
        assert_eq!(state.dequeue(t(), Some("x".to_owned())).await, Err(StateError::QueuedNotFound("x".to_owned())));
        let order = |ids: &[&str]| ids.iter().map(|id| (*id).to_owned()).collect::<Vec<_>>();
        for wrong in [&["a", "c"][..], &["a", "c", "d", "d"], &["a", "c", "x"], &[]] {
            assert_eq!(state.reorder_queue(t(), order(wrong)).await, Err(StateError::QueueReorder), "{wrong:?}");
        }
        state.reorder_queue(t(), order(&["d", "a", "c"])).await.unwrap();
        let first = state.dequeue(t(), None).await.unwrap();
        assert_eq!(first, said("d"));
        assert!(!state.is_queued(t(), Some("d".to_owned())).await.unwrap());
        assert!(state.is_queued(t(), Some("a".to_owned())).await.unwrap() && state.is_queued(t(), None).await.unwrap());
        let page = state.queue(t(), None, Some(1)).await.unwrap();
        assert_eq!((page.data, page.next.as_deref()), (vec![said("a")], Some("1")));
        assert_eq!(state.queue(t(), Some("1".to_owned()), None).await.unwrap().data, [said("c")]);
        let odd = state.queue(t(), Some("junk".to_owned()), None).await.unwrap_err();
        assert_eq!(odd.to_string(), "invalid queue pagination cursor: invalid digit found in string");
    }

    #[tokio::test]
    async fn a_change_leaves_what_it_does_not_name() {
        let (_folder, state) = fresh();
        let metadata = Some(BTreeMap::from([("k".to_owned(), "v".to_owned())]));
        let entry = QueuedSubmission { responsesapi_client_metadata: metadata.clone(), ..said("a") };
        state.enqueue(t(), entry).await.unwrap();
        let change = QueuedChange { id: "a".to_owned(), input: said("b").input, metadata: None };
        let updated = state.update_queued(t(), change.clone()).await.unwrap();
        assert_eq!((updated.input, updated.responsesapi_client_metadata), (said("b").input, metadata));
        assert_eq!(
            state.update_queued("other".to_owned(), change).await,
            Err(StateError::QueuedNotFound("a".to_owned()))
        );
        assert!(state.delete_queued(t(), "a".to_owned()).await.unwrap());
        assert!(!state.delete_queued(t(), "a".to_owned()).await.unwrap());
    }
}
