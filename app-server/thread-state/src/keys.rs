//! Keys of requests that may be sent again: what the first one has made, and how it was answered.
//!
//! What is made gets its id before it is made, so that a request that was cut off can be told from one that never began.

use codex_utils_database::rusqlite::{OptionalExtension, params};

use crate::database::ThreadState;
use crate::error::StateError;

/// How long a key is kept: a day, in milliseconds.
const KEPT_MS: i64 = 24 * 60 * 60 * 1000;

/// A request with a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyedRequest {
    /// The method.
    pub method: &'static str,
    /// The thread that it is about; empty when it is about none.
    pub thread_id: String,
    /// The client's key.
    pub key: String,
}

/// What is known of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownKey {
    /// Whether nobody has used it within a day.
    pub fresh: bool,
    /// Of the params that it came with first.
    pub fingerprint: String,
    /// The id of what the request makes.
    pub made_id: String,
    /// The answer, as JSON; `None` where none was kept: what was made tells then.
    pub answer: Option<String>,
}

impl ThreadState {
    /// Looks a key up, and keeps it with this fingerprint and id when it is not known.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn use_key(
        &self,
        request: KeyedRequest,
        fingerprint: String,
        made_id: String,
        now_ms: i64,
    ) -> Result<KnownKey, StateError> {
        self.change(move |db| {
            db.execute("DELETE FROM idempotency_keys WHERE created_ms <= ?1", [now_ms - KEPT_MS])?;
            let KeyedRequest { method, thread_id, key } = request;
            let known = db.query_row(
                "SELECT fingerprint, made_id, answer FROM idempotency_keys
                 WHERE method = ?1 AND thread_id = ?2 AND key = ?3",
                params![method, thread_id, key],
                |row| {
                    let (fingerprint, made_id, answer) = (row.get(0)?, row.get(1)?, row.get(2)?);
                    Ok(KnownKey { fresh: false, fingerprint, made_id, answer })
                },
            );
            if let Some(known) = known.optional()? {
                return Ok(known);
            }
            db.execute(
                "INSERT INTO idempotency_keys (method, thread_id, key, fingerprint, made_id, created_ms)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
                params![method, thread_id, key, fingerprint, made_id, now_ms],
            )?;
            Ok(KnownKey { fresh: true, fingerprint, made_id, answer: None })
        })
        .await
    }

    /// Keeps the answer to a request, unless its key was forgotten meanwhile.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn keep_answer(&self, request: KeyedRequest, answer: String) -> Result<(), StateError> {
        self.change(move |db| {
            let KeyedRequest { method, thread_id, key } = request;
            db.execute(
                "UPDATE idempotency_keys SET answer = ?4 WHERE method = ?1 AND thread_id = ?2 AND key = ?3",
                params![method, thread_id, key, answer],
            )?;
            Ok(())
        })
        .await
    }

    /// Forgets the key of a request that was refused, which may be tried again.
    ///
    /// # Errors
    /// [`StateError::Unusable`].
    pub async fn forget_key(&self, request: KeyedRequest) -> Result<(), StateError> {
        self.change(move |db| {
            let KeyedRequest { method, thread_id, key } = request;
            db.execute(
                "DELETE FROM idempotency_keys WHERE method = ?1 AND thread_id = ?2 AND key = ?3",
                params![method, thread_id, key],
            )?;
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::database::tests::fresh;

    fn request(thread_id: &str, key: &str) -> KeyedRequest {
        KeyedRequest { method: "turn/start", thread_id: thread_id.to_owned(), key: key.to_owned() }
    }

    async fn used(state: &ThreadState, request: KeyedRequest, made: &str, now_ms: i64) -> KnownKey {
        state.use_key(request, format!("print of {made}"), made.to_owned(), now_ms).await.unwrap()
    }

    #[tokio::test]
    async fn the_first_use_of_a_day_counts() {
        let (_folder, state) = fresh();
        let first = used(&state, request("t", "k"), "1", 0).await;
        assert!(first.fresh);
        let known = KnownKey { fresh: false, ..first };
        assert_eq!(used(&state, request("t", "k"), "2", 1).await, known);
        assert!(used(&state, request("t2", "k"), "3", 1).await.fresh);
        assert!(used(&state, request("t", "k2"), "4", 1).await.fresh);
        state.keep_answer(request("t", "k"), "{}".to_owned()).await.unwrap();
        let answered = KnownKey { answer: Some("{}".to_owned()), ..known };
        assert_eq!(used(&state, request("t", "k"), "5", KEPT_MS - 1).await, answered);
        assert_eq!(used(&state, request("t", "k"), "6", KEPT_MS).await.made_id, "6");
    }

    #[tokio::test]
    async fn what_failed_may_be_tried_again() {
        let (_folder, state) = fresh();
        used(&state, request("t", "k"), "1", 0).await;
        state.forget_key(request("t", "k")).await.unwrap();
        assert!(used(&state, request("t", "k"), "2", 0).await.fresh);
    }

    #[tokio::test]
    async fn a_deleted_thread_takes_its_keys_along() {
        let (_folder, state) = fresh();
        let start = || KeyedRequest { method: "thread/start", thread_id: String::new(), key: "k".to_owned() };
        used(&state, start(), "t", 0).await;
        used(&state, request("t", "k"), "turn", 0).await;
        used(&state, request("t2", "k"), "another's turn", 0).await;
        state.forget_thread("t".to_owned()).await.unwrap();
        assert!(used(&state, start(), "t3", 0).await.fresh);
        assert!(used(&state, request("t", "k"), "turn", 0).await.fresh);
        assert!(!used(&state, request("t2", "k"), "another's turn", 0).await.fresh);
    }
}
