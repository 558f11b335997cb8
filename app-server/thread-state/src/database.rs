//! The file: its schema, and how jobs get to it.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use codex_utils_database::rusqlite::{Connection, Transaction, TransactionBehavior};
use codex_utils_database::{Kind, open};
use codex_utils_worker::Worker;

use crate::error::StateError;

/// How long the thread that talks to the database waits for more to do.
const IDLE: Duration = Duration::from_secs(10);

/// One script a version. Times are in milliseconds since 1970, but for those that stand in a cursor.
const SCHEMA: &[&str] = &[include_str!("schema.sql"), include_str!("schema-keys.sql")];

/// The database. Clones share it. Making one does nothing.
#[derive(Clone)]
pub struct ThreadState {
    path: Arc<Path>,
    worker: Worker,
    /// Used by the worker's thread alone; empty until something needs it.
    connection: Arc<Mutex<Option<Connection>>>,
}

impl ThreadState {
    /// The database of a home folder, which is neither looked at nor made by this.
    #[must_use]
    pub fn in_home(home: &Path) -> Self {
        Self::at(home.join("app-server-state.sqlite"))
    }

    fn at(path: PathBuf) -> Self {
        Self { path: path.into(), worker: Worker::new("thread-state", IDLE), connection: Arc::default() }
    }

    /// Looks something up; `None` when nothing was ever kept.
    pub(crate) async fn look<T, J>(&self, job: J) -> Result<Option<T>, StateError>
    where
        T: Send + 'static,
        J: FnOnce(&Connection) -> Result<T, StateError> + Send + 'static,
    {
        if !self.path.exists() {
            return Ok(None);
        }
        self.on_worker(move |connection| job(connection)).await.map(Some)
    }

    /// Reads something of which there is always some.
    pub(crate) async fn read<T, J>(&self, job: J) -> Result<T, StateError>
    where
        T: Send + 'static,
        J: FnOnce(&Connection) -> Result<T, StateError> + Send + 'static,
    {
        self.on_worker(move |connection| job(connection)).await
    }

    /// Changes something, wholly or not at all; nobody changes anything meanwhile.
    pub(crate) async fn change<T, J>(&self, job: J) -> Result<T, StateError>
    where
        T: Send + 'static,
        J: FnOnce(&Transaction<'_>) -> Result<T, StateError> + Send + 'static,
    {
        self.on_worker(move |connection| {
            let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
            let outcome = job(&transaction)?;
            transaction.commit()?;
            Ok(outcome)
        })
        .await
    }

    /// The same where nothing is to be changed when nothing was ever kept.
    pub(crate) async fn change_if_there<T, J>(&self, job: J) -> Result<Option<T>, StateError>
    where
        T: Send + 'static,
        J: FnOnce(&Transaction<'_>) -> Result<T, StateError> + Send + 'static,
    {
        if !self.path.exists() {
            return Ok(None);
        }
        self.change(job).await.map(Some)
    }

    async fn on_worker<T, J>(&self, job: J) -> Result<T, StateError>
    where
        T: Send + 'static,
        J: FnOnce(&mut Connection) -> Result<T, StateError> + Send + 'static,
    {
        let (path, connection) = (Arc::clone(&self.path), Arc::clone(&self.connection));
        let answer = self.worker.run(move || {
            let mut place = connection.lock().unwrap_or_else(PoisonError::into_inner);
            let open = match place.take() {
                // The file may have been taken away under us.
                Some(open) if path.exists() => open,
                _ => open(&path, Kind::Truth, SCHEMA).map_err(|error| StateError::Unusable(error.to_string()))?,
            };
            job(place.insert(open))
        });
        answer.await.map_err(|error| StateError::Unusable(error.to_string()))?
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use std::fs;

    use codex_app_server_protocol::v2::ThreadSection;

    use super::*;

    /// A database in a folder of its own.
    pub(crate) fn fresh() -> (tempfile::TempDir, ThreadState) {
        let folder = tempfile::tempdir().unwrap();
        let state = ThreadState::in_home(folder.path());
        (folder, state)
    }

    fn section(id: &str) -> ThreadSection {
        ThreadSection { id: id.to_owned(), name: id.to_owned(), appearance: None }
    }

    #[tokio::test]
    async fn a_look_makes_no_file() {
        let (folder, state) = fresh();
        assert!(state.facts(vec!["t".to_owned()]).await.unwrap().is_empty());
        state.forget_thread("t".to_owned()).await.unwrap();
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0);
        state.create_section(section("a")).await.unwrap();
        assert!(folder.path().join("app-server-state.sqlite").exists());
    }

    #[tokio::test]
    async fn two_processes_see_each_other() {
        let (folder, one) = fresh();
        let other = ThreadState::in_home(folder.path());
        let both = tokio::join!(one.create_section(section("a")), other.create_section(section("b")));
        assert_eq!(both, (Ok(()), Ok(())));
        let page = one.sections(None, None).await.unwrap();
        assert_eq!(page.data.iter().map(|section| section.id.as_str()).collect::<Vec<_>>(), [crate::PINNED, "a", "b"]);
        assert_eq!(page, other.sections(None, None).await.unwrap());
    }

    #[tokio::test]
    async fn a_broken_file_is_an_error_and_stays() {
        let (folder, state) = fresh();
        let path = folder.path().join("app-server-state.sqlite");
        fs::write(&path, "no database at all, but long enough to be taken for one".repeat(50)).unwrap();
        let error = state.sections(None, None).await.unwrap_err();
        assert!(matches!(&error, StateError::Unusable(text) if text.contains("app-server-state.sqlite")), "{error}");
        assert!(fs::read_to_string(&path).unwrap().starts_with("no database"));
    }
}
