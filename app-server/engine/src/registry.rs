//! Which threads are loaded.

use std::collections::BTreeMap;
use std::ops::Bound;
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use codex_utils_metrics::{Held, THREADS_LOADED};
use tokio::sync::OwnedMutexGuard;
use uuid::Uuid;

use crate::error::EngineError;
use crate::locks::Locks;
use crate::thread::Handle;

/// The loaded threads, by id; ids sort by the time they were made.
#[derive(Default)]
pub(crate) struct Registry {
    threads: Mutex<BTreeMap<String, Loaded>>,
    /// Who loads a thread holds its lock, by id or path.
    loading: Locks,
}

struct Loaded {
    handle: Handle,
    _counted: Held,
}

impl Registry {
    pub(crate) fn insert(&self, handle: Handle) {
        let loaded = Loaded { handle, _counted: THREADS_LOADED.hold() };
        self.threads().insert(loaded.handle.shared.id.to_string(), loaded);
    }

    pub(crate) fn remove(&self, id: &str) {
        self.threads().remove(id);
    }

    pub(crate) fn get(&self, id: &str) -> Option<Handle> {
        self.threads().get(id).map(|loaded| loaded.handle.clone())
    }

    /// The loaded thread whose file this is.
    pub(crate) fn at_path(&self, path: &Path) -> Option<Handle> {
        let is_there = |handle: &&Handle| handle.shared.view().path().is_some_and(|other| Path::new(other) == path);
        self.threads().values().map(|loaded| &loaded.handle).find(is_there).cloned()
    }

    /// The right to load a thread, named by its id or path; waits for who has it.
    pub(crate) async fn loading(&self, key: &str) -> OwnedMutexGuard<()> {
        self.loading.lock(key).await
    }

    pub(crate) fn all(&self) -> Vec<Handle> {
        self.threads().values().map(|loaded| loaded.handle.clone()).collect()
    }

    /// Up to `limit` ids after a cursor, and the cursor for those that follow.
    pub(crate) fn page(
        &self,
        cursor: Option<&str>,
        limit: Option<u32>,
    ) -> Result<(Vec<String>, Option<String>), EngineError> {
        let after = match cursor {
            None => Bound::Unbounded,
            Some(text) => match Uuid::parse_str(text) {
                Ok(id) => Bound::Excluded(id.to_string()),
                Err(_) => return Err(EngineError::InvalidCursor(text.to_owned())),
            },
        };
        let limit = limit.map_or(usize::MAX, |limit| limit.max(1) as usize);
        let threads = self.threads();
        let mut ids = threads.range::<String, _>((after, Bound::Unbounded)).map(|(id, _)| id.clone());
        let page: Vec<_> = ids.by_ref().take(limit).collect();
        let next = ids.next().and_then(|_| page.last().cloned());
        Ok((page, next))
    }

    fn threads(&self) -> MutexGuard<'_, BTreeMap<String, Loaded>> {
        self.threads.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A thread id as it is kept: lowercase, with hyphens.
pub(crate) fn thread_id(text: &str) -> Result<String, EngineError> {
    match Uuid::parse_str(text) {
        Ok(id) => Ok(id.to_string()),
        Err(_) => Err(EngineError::InvalidThreadId { id: text.to_owned(), reason: complaint(text) }),
    }
}

/// A thread id, as the reference speaks of it where a stored thread is meant.
pub(crate) fn session_id(text: &str) -> Result<String, EngineError> {
    thread_id(text).map_err(|error| match error {
        EngineError::InvalidThreadId { id, reason } => EngineError::InvalidSessionId { id, reason },
        other => other,
    })
}

/// What the reference says about a text that is no UUID.
pub(crate) fn complaint(text: &str) -> String {
    const GROUPS: [usize; 5] = [8, 4, 4, 4, 12];
    let braced = text.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')).map(|inner| (inner, 1));
    let urn = || text.strip_prefix("urn:uuid:").map(|inner| (inner, "urn:uuid:".len()));
    let wrapped = braced.or_else(urn);
    let (inner, offset) = wrapped.unwrap_or((text, 0));
    if let Some((index, odd)) = inner.char_indices().find(|(_, c)| !c.is_ascii_hexdigit() && *c != '-') {
        let place = index + offset + 1;
        return format!(
            "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found `{odd}` at {place}"
        );
    }
    let lengths: Vec<usize> = inner.split('-').map(str::len).collect();
    if lengths.len() == 1 && wrapped.is_none() {
        return format!("invalid length: expected length 32 for simple format, found {}", text.len());
    }
    if lengths.len() != GROUPS.len() {
        return format!("invalid group count: expected 5, found {}", lengths.len());
    }
    let wrong = lengths.iter().zip(GROUPS).enumerate().find(|(_, (length, expected))| **length != *expected);
    let (group, (length, expected)) = wrong.unwrap_or((4, (&0, 12)));
    format!("invalid group length in group {group}: expected {expected}, found {length}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_normalized_and_complaints_are_those_of_the_reference() {
        let id = "01a1fc94-0000-7000-8000-00000000000a";
        assert_eq!(thread_id(&id.to_uppercase()).unwrap(), id);
        assert_eq!(thread_id(&id.replace('-', "")).unwrap(), id);
        let odd = "invalid character: expected an optional prefix of `urn:uuid:` followed by [0-9a-fA-F-], found";
        for (text, expected) in [
            ("", "invalid length: expected length 32 for simple format, found 0".to_owned()),
            ("123", "invalid length: expected length 32 for simple format, found 3".to_owned()),
            ("01a1fc94-0000", "invalid group count: expected 5, found 2".to_owned()),
            ("{12}", "invalid group count: expected 5, found 1".to_owned()),
            ("1-2-3-4-5", "invalid group length in group 0: expected 8, found 1".to_owned()),
            (&format!("{id}1"), "invalid group length in group 4: expected 12, found 13".to_owned()),
            ("junk", format!("{odd} `j` at 1")),
            ("é1", format!("{odd} `é` at 1")),
            ("urn:uuid:zz", format!("{odd} `z` at 10")),
            (&format!("{}g", &id[..35]), format!("{odd} `g` at 36")),
        ] {
            let error = thread_id(text).unwrap_err().to_string();
            assert_eq!(error, format!("invalid thread id: {expected}"), "{text}");
        }
    }

    #[test]
    fn an_odd_cursor_is_refused() {
        let registry = Registry::default();
        assert_eq!(registry.page(None, Some(0)).unwrap(), (vec![], None));
        assert_eq!(registry.page(Some("junk"), None).unwrap_err().to_string(), "invalid cursor: junk");
    }
}
