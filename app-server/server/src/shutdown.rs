//! How the process ends: by the end of its input, by a first signal that drains, by a second one at once.

use std::time::Duration;

use codex_app_server_protocol::{ErrorKind, MethodRow, RpcError};
use tokio_util::sync::CancellationToken;

/// How long a stdio server takes at most to interrupt its turns and write what is due.
pub(crate) const STDIO_GRACE: Duration = Duration::from_millis(400);

/// Whether the server is about to end.
#[derive(Debug, Default)]
pub(crate) struct ShutdownState {
    begun: CancellationToken,
}

impl ShutdownState {
    /// From now on nothing new is started.
    pub(crate) fn begin(&self) {
        self.begun.cancel();
    }

    /// What is cancelled when the end begins, for work in the background.
    pub(crate) fn begun(&self) -> CancellationToken {
        self.begun.clone()
    }

    /// Whether a request may still be asked: while draining, what starts new work is refused.
    pub(crate) fn admit(&self, row: &MethodRow) -> Result<(), RpcError> {
        let starts_work = matches!(
            row.name,
            "turn/start" | "thread/start" | "thread/compact/start" | "command/exec" | "process/spawn"
        );
        if starts_work && self.begun.is_cancelled() {
            return Err(RpcError::new(ErrorKind::ShuttingDown, "the server is shutting down; connect again and retry"));
        }
        Ok(())
    }
}

/// Resolves when the process is asked to end; each call waits for one more signal.
pub(crate) struct Signals {
    /// SIGTERM and SIGINT, as far as the platform lets them be listened for.
    #[cfg(unix)]
    kinds: [Option<tokio::signal::unix::Signal>; 2],
}

impl Signals {
    /// Listens from now on: what comes before [`Self::next`] is awaited counts. Where the platform refuses, only the other
    /// ways to end remain.
    pub(crate) fn listen() -> Self {
        #[cfg(unix)]
        {
            use tokio::signal::unix::{SignalKind, signal};
            let kinds = [SignalKind::terminate(), SignalKind::interrupt()].map(|kind| {
                signal(kind).inspect_err(|error| tracing::warn!(%error, ?kind, "a signal cannot be listened for")).ok()
            });
            Self { kinds }
        }
        #[cfg(not(unix))]
        Self {}
    }

    /// The next signal: SIGTERM or Ctrl-C.
    #[cfg(unix)]
    pub(crate) async fn next(&mut self) {
        let [terminate, interrupt] = self.kinds.each_mut().map(async |signal| match signal {
            Some(signal) => {
                signal.recv().await;
            }
            None => std::future::pending().await,
        });
        tokio::select! {
            () = terminate => {}
            () = interrupt => {}
        }
    }

    /// The next signal: Ctrl-C.
    #[cfg(not(unix))]
    pub(crate) async fn next(&mut self) {
        if let Err(error) = tokio::signal::ctrl_c().await {
            tracing::warn!(%error, "Ctrl-C cannot be listened for");
            std::future::pending::<()>().await;
        }
    }
}
