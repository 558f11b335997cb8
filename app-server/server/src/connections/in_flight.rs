//! The requests of one connection that are not answered yet, and how many they may be.

use std::num::NonZeroU32;
use std::sync::Arc;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Places for requests; one is taken until the request is answered.
#[derive(Debug)]
pub(crate) struct InFlight {
    places: Arc<Semaphore>,
    limit: u32,
}

impl InFlight {
    pub(crate) fn new(limit: NonZeroU32) -> Self {
        // More permits than a semaphore can have are as good as unlimited.
        let limit = limit.get().min(u32::try_from(Semaphore::MAX_PERMITS).unwrap_or(u32::MAX));
        Self { places: Arc::new(Semaphore::new(limit as usize)), limit }
    }

    /// A place, if one is free.
    pub(crate) fn enter(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    /// Resolves once every request that came in has been answered.
    pub(crate) async fn all_answered(&self) {
        // All places are free again; the semaphore is never closed.
        let _ = self.places.acquire_many(self.limit).await;
    }
}
