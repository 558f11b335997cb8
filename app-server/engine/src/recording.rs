//! What is written down of a thread; nothing for ephemeral ones.

use codex_thread_store::{Recorder, RolloutItem, StoreError, WriterLock};

/// The lines of one thread.
pub(crate) struct Log(Option<Recorder>);

impl Log {
    /// Of a thread that is kept.
    pub(crate) fn kept(recorder: Recorder) -> Self {
        Self(Some(recorder))
    }

    /// Of a thread that is forgotten.
    pub(crate) fn ephemeral() -> Self {
        Self(None)
    }

    pub(crate) fn is_ephemeral(&self) -> bool {
        self.0.is_none()
    }

    /// Writes lines and waits until the operating system has them.
    pub(crate) async fn write(&self, lines: Vec<RolloutItem>) -> Result<(), StoreError> {
        match &self.0 {
            Some(recorder) if !lines.is_empty() => recorder.append(lines).await,
            _ => Ok(()),
        }
    }

    /// Writes lines that nothing is announced about. They go in order with all others; that they could not be written is
    /// learned with the next [`Log::write`], since they are tried again before it.
    pub(crate) fn add(&self, lines: Vec<RolloutItem>) {
        if let Some(recorder) = &self.0 {
            drop(recorder.append(lines));
        }
    }

    /// Writes what could not be written before, and the thread's first line if nothing was.
    pub(crate) async fn flush(&self) -> Result<(), StoreError> {
        match &self.0 {
            Some(recorder) => recorder.append(Vec::new()).await,
            None => Ok(()),
        }
    }

    /// Ends the recording; the lock is for who moves or deletes the thread. `None` when nothing is kept.
    pub(crate) async fn close(&self) -> Result<Option<WriterLock>, StoreError> {
        match &self.0 {
            Some(recorder) => recorder.close().await.map(Some),
            None => Ok(None),
        }
    }
}
