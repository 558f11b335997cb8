//! Locks by name: who does something about one thing waits for who does something about the same.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::sync::OwnedMutexGuard;

/// Locks by name. A name that nobody holds or waits for takes no memory for long.
#[derive(Default)]
pub(crate) struct Locks(Mutex<HashMap<String, Arc<tokio::sync::Mutex<()>>>>);

impl Locks {
    /// Waits until nobody else holds the name.
    pub(crate) async fn lock(&self, name: &str) -> OwnedMutexGuard<()> {
        let mine = {
            let mut locks = self.0.lock().unwrap_or_else(PoisonError::into_inner);
            locks.retain(|_, lock| Arc::strong_count(lock) > 1);
            Arc::clone(locks.entry(name.to_owned()).or_default())
        };
        mine.lock_owned().await
    }
}
