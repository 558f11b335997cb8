//! Imports from another agent: one runs at a time; what it does is told to every client and remembered.
//!
//! An import is answered before it runs, so it has to be kept from piling up here: only so many may wait, and they run in
//! the order in which they were asked for. What files say never reaches the log, only how many things were imported.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, PoisonError};

use codex_app_server_protocol::{ServerNotification, v2};
use codex_config_loader::ConfigLoader;
use codex_external_agent::{ImportError, ImportLog, Importer, failed, totals};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::app::App;

/// Imports that may run or wait; further ones are refused as overload.
pub(crate) const MAX_WAITING: usize = 16;

/// What imports share.
#[derive(Debug)]
pub(crate) struct Imports {
    pub(crate) importer: Arc<Importer>,
    pub(crate) log: Arc<ImportLog>,
    places: Arc<Semaphore>,
    /// Those that wait, the oldest first; a task takes its own place in the queue, not a certain import.
    waiting: Mutex<VecDeque<Import>>,
    /// One permit: for the import that runs.
    running: Semaphore,
}

/// An import that was accepted.
#[derive(Debug)]
pub(crate) struct Import {
    pub(crate) id: String,
    pub(crate) params: v2::ExternalAgentConfigImportParams,
    /// Its place among those that run or wait; given back at its end.
    pub(crate) place: OwnedSemaphorePermit,
}

impl Imports {
    pub(crate) fn new(config: &ConfigLoader) -> Self {
        let (user_home, home) = (config.user_home().map(ToOwned::to_owned), config.home().clone());
        Self {
            importer: Arc::new(Importer::new(user_home, home.clone())),
            log: Arc::new(ImportLog::new(home)),
            places: Arc::new(Semaphore::new(MAX_WAITING)),
            waiting: Mutex::default(),
            running: Semaphore::new(1),
        }
    }

    /// A place for one more import; none when too many wait.
    pub(crate) fn place(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.places).try_acquire_owned().ok()
    }

    fn waiting(&self) -> std::sync::MutexGuard<'_, VecDeque<Import>> {
        self.waiting.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Puts an import behind those that wait, and runs it when its turn has come.
pub(crate) fn start(app: &Arc<App>, import: Import) {
    app.imports.waiting().push_back(import);
    app.tasks.spawn(run_next(Arc::clone(app)));
}

/// Runs the oldest import to its end: progress for each item, then the entry in the history, then the totals.
async fn run_next(app: Arc<App>) {
    // The semaphore is never closed, and there are as many imports as tasks.
    let Ok(_running) = app.imports.running.acquire().await else { return };
    let Some(Import { id, params, place: _place }) = app.imports.waiting().pop_front() else { return };
    let mut results = Vec::with_capacity(params.migration_items.len());
    for item in params.migration_items {
        let result = import_item(&app.imports.importer, item, params.migration_source.clone()).await;
        let progress = v2::ExternalAgentConfigImportProgressNotification {
            import_id: id.clone(),
            item_type_results: vec![result.clone()],
        };
        app.tell_all(ServerNotification::ExternalAgentConfigImportProgress(progress));
        results.push(result);
    }
    let item_type_results = totals(results);
    let history = v2::ExternalAgentConfigImportHistory {
        import_id: id.clone(),
        provider_id: params.provider_id,
        completed_at_ms: app.now_ms(),
        successes: item_type_results.iter().flat_map(|result| result.successes.clone()).collect(),
        failures: item_type_results.iter().flat_map(|result| result.failures.clone()).collect(),
    };
    tracing::info!(%id, imported = history.successes.len(), failed = history.failures.len(), "import ended");
    let log = Arc::clone(&app.imports.log);
    match tokio::task::spawn_blocking(move || log.add(history)).await {
        Ok(Ok(())) => {}
        Ok(Err(error)) => tracing::error!(%id, %error, "the import is not in the history"),
        Err(_) => tracing::error!(%id, "the import is not in the history: writing it broke off"),
    }
    let completed = v2::ExternalAgentConfigImportCompletedNotification { import_id: id, item_type_results };
    app.tell_all(ServerNotification::ExternalAgentConfigImportCompleted(completed));
}

async fn import_item(
    importer: &Arc<Importer>,
    item: v2::ExternalAgentConfigMigrationItem,
    migration_source: Option<String>,
) -> v2::ExternalAgentConfigImportTypeResult {
    let (importer, asked) = (Arc::clone(importer), item.clone());
    let work = tokio::task::spawn_blocking(move || importer.import(&asked, migration_source.as_deref()));
    work.await.unwrap_or_else(|_| failed(&item, &ImportError::BrokenOff))
}
