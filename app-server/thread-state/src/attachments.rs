//! Attachments of threads.

use codex_app_server_protocol::v2::ThreadAttachment;
use codex_utils_database::rusqlite::{self, Connection, OptionalExtension, Row, params};
use serde::{Deserialize, Serialize};

use crate::database::ThreadState;
use crate::error::StateError;
use crate::{Page, page_size, with_next};

/// What an attachment is called within its thread.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentKey {
    /// What kind of thing it is.
    pub attachment_type: String,
    /// Which one of them.
    pub identity_key: String,
}

/// Threads that have an attachment of some name, of which the caller shows those that it wants to: at most `limit`, and
/// [`Self::cursor`] of the last one it shows if there are more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnerPage {
    /// All of them behind the cursor, by id.
    pub threads: Vec<String>,
    /// How many a page has.
    pub limit: usize,
    key: AttachmentKey,
    archived: Option<bool>,
}

/// A cursor of owners: the question it belongs to, and the last thread of the page.
#[derive(Serialize, Deserialize)]
struct OwnerCursor {
    attachment_type: String,
    identity_key: String,
    archived: Option<bool>,
    thread_id: String,
}

impl OwnerPage {
    /// The cursor behind a thread.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub fn cursor(&self, thread_id: &str) -> Result<String, StateError> {
        let AttachmentKey { attachment_type, identity_key } = self.key.clone();
        let cursor =
            OwnerCursor { attachment_type, identity_key, archived: self.archived, thread_id: thread_id.to_owned() };
        Ok(serde_json::to_string(&cursor)?)
    }
}

impl ThreadState {
    /// Keeps an attachment unless the thread has one of this name: then that one stays as it is and is returned.
    /// Whether it is a new one.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn add_attachment(
        &self,
        thread_id: String,
        attachment: ThreadAttachment,
    ) -> Result<(ThreadAttachment, bool), StateError> {
        self.change(move |db| {
            let key = AttachmentKey {
                attachment_type: attachment.attachment_type.clone(),
                identity_key: attachment.identity_key.clone(),
            };
            if let Some(existing) = find(db, &thread_id, &key)? {
                return Ok((existing, false));
            }
            db.execute(
                "INSERT INTO attachments (id, thread_id, attachment_type, identity_key, payload, created_at)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![
                    attachment.id,
                    thread_id,
                    key.attachment_type,
                    key.identity_key,
                    serde_json::to_string(&attachment.payload)?,
                    attachment.created_at
                ],
            )?;
            Ok((attachment, true))
        })
        .await
    }

    /// The attachments of a thread in the order they were added.
    ///
    /// # Errors
    /// [`StateError::Cursor`], [`StateError::Unusable`].
    pub async fn attachments(
        &self,
        thread_id: String,
        cursor: Option<String>,
        limit: Option<u32>,
    ) -> Result<Page<ThreadAttachment>, StateError> {
        let after = match cursor.as_deref().map(|cursor| cursor.split('|').collect::<Vec<_>>()).as_deref() {
            None => (i64::MIN, String::new()),
            Some([thread, created, id]) if *thread == thread_id => {
                (created.parse().map_err(|_| StateError::Cursor)?, (*id).to_owned())
            }
            Some(_) => return Err(StateError::Cursor),
        };
        let (size, thread) = (page_size(limit), thread_id.clone());
        let attachments = self.look(move |db| {
            let mut list = db.prepare_cached(&format!(
                "{COLUMNS} WHERE thread_id = ?1 AND (created_at, id) > (?2, ?3) ORDER BY created_at, id LIMIT ?4"
            ))?;
            let rows = list.query_map(params![thread, after.0, after.1, with_next(size)], columns)?;
            rows.map(|row| attachment(row?)).collect::<Result<Vec<_>, StateError>>()
        });
        let cursor = |last: &ThreadAttachment| format!("{thread_id}|{}|{}", last.created_at, last.id);
        Ok(Page::cut(attachments.await?.unwrap_or_default(), size, cursor))
    }

    /// Forgets an attachment and returns its id, if the thread has one of this name.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn remove_attachment(&self, thread_id: String, key: AttachmentKey) -> Result<Option<String>, StateError> {
        let removed = self.change_if_there(move |db| {
            let id = db.query_row(
                "DELETE FROM attachments WHERE thread_id = ?1 AND attachment_type = ?2 AND identity_key = ?3
                 RETURNING id",
                [&thread_id, &key.attachment_type, &key.identity_key],
                |row| row.get(0),
            );
            Ok(id.optional()?)
        });
        Ok(removed.await?.flatten())
    }

    /// The threads that have an attachment of this name. `archived` is what the caller looks for; it is part of cursors.
    ///
    /// # Errors
    /// [`StateError::Cursor`], [`StateError::Unusable`].
    pub async fn attachment_owners(
        &self,
        key: AttachmentKey,
        archived: Option<bool>,
        cursor: Option<String>,
        limit: Option<u32>,
    ) -> Result<OwnerPage, StateError> {
        let after = match cursor {
            None => String::new(),
            Some(cursor) => {
                let cursor: OwnerCursor = serde_json::from_str(&cursor).map_err(|_| StateError::Cursor)?;
                let belongs = cursor.attachment_type == key.attachment_type
                    && cursor.identity_key == key.identity_key
                    && cursor.archived == archived;
                if !belongs {
                    return Err(StateError::Cursor);
                }
                cursor.thread_id
            }
        };
        let wanted = key.clone();
        let threads = self.look(move |db| {
            let mut list = db.prepare_cached(
                "SELECT thread_id FROM attachments
                 WHERE attachment_type = ?1 AND identity_key = ?2 AND thread_id > ?3 ORDER BY thread_id",
            )?;
            let rows = list.query_map([&wanted.attachment_type, &wanted.identity_key, &after], |row| row.get(0))?;
            Ok(rows.collect::<Result<Vec<_>, _>>()?)
        });
        Ok(OwnerPage { threads: threads.await?.unwrap_or_default(), limit: page_size(limit), key, archived })
    }
}

const COLUMNS: &str = "SELECT id, attachment_type, identity_key, payload, created_at FROM attachments";

type Columns = (String, String, String, String, i64);

fn columns(row: &Row<'_>) -> rusqlite::Result<Columns> {
    Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?, row.get(4)?))
}

fn attachment(
    (id, attachment_type, identity_key, payload, created_at): Columns,
) -> Result<ThreadAttachment, StateError> {
    Ok(ThreadAttachment { id, attachment_type, identity_key, payload: serde_json::from_str(&payload)?, created_at })
}

fn find(db: &Connection, thread_id: &str, key: &AttachmentKey) -> Result<Option<ThreadAttachment>, StateError> {
    let query = format!("{COLUMNS} WHERE thread_id = ?1 AND attachment_type = ?2 AND identity_key = ?3");
    let mut find = db.prepare_cached(&query)?;
    let found = find.query_row([thread_id, &key.attachment_type, &key.identity_key], columns).optional()?;
    found.map(attachment).transpose()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::database::tests::fresh;

    fn attachment(id: &str, identity_key: &str) -> ThreadAttachment {
        ThreadAttachment {
            id: id.to_owned(),
            attachment_type: "t".to_owned(),
            identity_key: identity_key.to_owned(),
            payload: json!({ "of": id }),
            created_at: 7,
        }
    }

    fn key(identity_key: &str) -> AttachmentKey {
        AttachmentKey { attachment_type: "t".to_owned(), identity_key: identity_key.to_owned() }
    }

    #[tokio::test]
    async fn the_first_of_a_name_stays() {
        let (_folder, state) = fresh();
        let thread = || "thread".to_owned();
        let first = attachment("a", "k");
        assert_eq!(state.add_attachment(thread(), first.clone()).await.unwrap(), (first.clone(), true));
        assert_eq!(state.add_attachment(thread(), attachment("b", "k")).await.unwrap(), (first, false));
        assert_eq!(state.remove_attachment(thread(), key("k")).await.unwrap().as_deref(), Some("a"));
        assert_eq!(state.remove_attachment(thread(), key("k")).await.unwrap(), None);
    }

    #[tokio::test]
    async fn lists_go_on_behind_their_cursors() {
        let (_folder, state) = fresh();
        for (thread, id, name) in [("one", "a", "k"), ("one", "b", "l"), ("two", "c", "k")] {
            state.add_attachment(thread.to_owned(), attachment(id, name)).await.unwrap();
        }
        let page = state.attachments("one".to_owned(), None, Some(1)).await.unwrap();
        assert_eq!(page.next.as_deref(), Some("one|7|a"));
        let rest = state.attachments("one".to_owned(), page.next.clone(), Some(1)).await.unwrap();
        assert_eq!((rest.data[0].id.as_str(), rest.next), ("b", None));
        assert_eq!(state.attachments("two".to_owned(), page.next, None).await, Err(StateError::Cursor));

        let owners = state.attachment_owners(key("k"), None, None, Some(1)).await.unwrap();
        assert_eq!((owners.threads.as_slice(), owners.limit), (["one".to_owned(), "two".to_owned()].as_slice(), 1));
        let cursor = owners.cursor("one").unwrap();
        let rest = state.attachment_owners(key("k"), None, Some(cursor.clone()), None).await.unwrap();
        assert_eq!(rest.threads, ["two"]);
        let other = state.attachment_owners(key("k"), Some(true), Some(cursor), None).await;
        assert_eq!(other, Err(StateError::Cursor));
    }
}
