//! Prepared answers: given again while nothing they were made from changed.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::error::ConfigError;
use crate::layers::{Dependencies, Dependency, FileCache};

/// Answers kept at most, for as many working folders; beyond that all are forgotten, which only costs time.
const MAX_ANSWERS: usize = 256;

/// Answers that are given again while nothing they were made from changed.
pub(crate) struct Answers<K, T> {
    answers: Mutex<HashMap<K, Answer<T>>>,
    /// How often all answers were forgotten: what was begun before is not kept.
    forgotten: AtomicU64,
}

struct Answer<T> {
    made_from: Arc<[Dependency]>,
    value: Arc<T>,
}

impl<K, T> Default for Answers<K, T> {
    fn default() -> Self {
        Self { answers: Mutex::new(HashMap::new()), forgotten: AtomicU64::new(0) }
    }
}

impl<K: Clone + Eq + std::hash::Hash, T> Answers<K, T> {
    /// The answer for a key, made when there is none that still holds. Errors are not kept.
    pub fn get(
        &self,
        key: &K,
        files: &FileCache,
        make: impl FnOnce(&mut Dependencies<'_>) -> Result<T, ConfigError>,
    ) -> Result<Arc<T>, ConfigError> {
        let known = self.lock().get(key).map(|answer| (Arc::clone(&answer.made_from), Arc::clone(&answer.value)));
        if let Some((made_from, value)) = known
            && made_from.iter().all(|dependency| dependency.holds(files))
        {
            return Ok(value);
        }
        let begun = self.forgotten.load(Ordering::Acquire);
        let mut dependencies = Dependencies::new(files);
        let value = Arc::new(make(&mut dependencies)?);
        let answer = Answer { made_from: dependencies.into_seen().into(), value: Arc::clone(&value) };
        let mut answers = self.lock();
        if answers.len() >= MAX_ANSWERS {
            answers.clear();
        }
        if self.forgotten.load(Ordering::Acquire) == begun {
            answers.insert(key.clone(), answer);
        }
        Ok(value)
    }

    /// Forgets all answers, as something else than files changed.
    pub fn forget(&self) {
        let mut answers = self.lock();
        self.forgotten.fetch_add(1, Ordering::AcqRel);
        answers.clear();
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Answer<T>>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
