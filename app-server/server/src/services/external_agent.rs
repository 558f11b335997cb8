//! `externalAgentConfig/*`: taking over what another coding agent left, and the history of that.

use std::sync::Arc;

use codex_app_server_protocol::{ErrorKind, Handle, NoParams, RpcError, methods, v2};
use codex_external_agent::{DetectRequest, HistoryError};
use uuid::Uuid;

use super::Context;
use crate::imports::{self, Import, MAX_WAITING};
use crate::reply::Reply;

impl Handle<methods::ExternalAgentConfigDetect, Reply> for Context {
    async fn handle(self, params: v2::ExternalAgentConfigDetectParams, reply: Reply) {
        let request = DetectRequest {
            include_home: params.include_home,
            cwds: params.cwds.unwrap_or_default().into_iter().map(|cwd| cwd.0).collect(),
            migration_source: params.migration_source,
        };
        let importer = Arc::clone(&self.app.imports.importer);
        let found = off_the_loop(move || importer.detect(&request), |error| io_failed(&error)).await;
        reply.send(found.map(|items| v2::ExternalAgentConfigDetectResponse { items, connectors: Vec::new() }));
    }
}

impl Handle<methods::ExternalAgentConfigImport, Reply> for Context {
    async fn handle(self, params: v2::ExternalAgentConfigImportParams, reply: Reply) {
        let Some(place) = self.app.imports.place() else {
            let message = format!("{MAX_WAITING} imports are running or waiting; try again when one has ended");
            return reply.send::<()>(Err(RpcError::new(ErrorKind::Overloaded, message)));
        };
        let id = Uuid::now_v7().to_string();
        reply.send(Ok(v2::ExternalAgentConfigImportResponse { import_id: id.clone() }));
        if !params.migration_items.is_empty() {
            imports::start(&self.app, Import { id, params, place });
        }
    }
}

impl Handle<methods::ExternalAgentConfigImportRecordHistory, Reply> for Context {
    async fn handle(self, params: v2::ExternalAgentConfigImportHistoryRecordParams, reply: Reply) {
        let import_id = Uuid::now_v7().to_string();
        let (mut successes, mut failures) = (Vec::new(), Vec::new());
        for result in params.item_type_results {
            successes.extend(result.successes.into_iter().map(success));
            failures.extend(result.failures);
        }
        let history = v2::ExternalAgentConfigImportHistory {
            import_id: import_id.clone(),
            provider_id: Some(params.provider_id),
            completed_at_ms: self.app.now_ms(),
            successes,
            failures,
        };
        let log = Arc::clone(&self.app.imports.log);
        let added = off_the_loop(move || log.add(history), history_failed).await;
        reply.send(added.map(|()| v2::ExternalAgentConfigImportHistoryRecordResponse { import_id }));
    }
}

impl Handle<methods::ExternalAgentConfigImportReadHistories, Reply> for Context {
    async fn handle(self, _: NoParams, reply: Reply) {
        let log = Arc::clone(&self.app.imports.log);
        let read = off_the_loop(move || log.read(), history_failed).await;
        reply
            .send(read.map(|data| v2::ExternalAgentConfigImportHistoriesReadResponse { data, connectors: Vec::new() }));
    }
}

fn success(
    told: v2::ExternalAgentConfigImportHistoryRecordSuccessParams,
) -> v2::ExternalAgentConfigImportItemTypeSuccess {
    v2::ExternalAgentConfigImportItemTypeSuccess {
        item_type: told.item_type,
        cwd: told.cwd.map(|cwd| cwd.0),
        source: told.source,
        target: told.target,
        title: told.title,
    }
}

/// Does work that waits for the disk where waiting is allowed.
async fn off_the_loop<T: Send + 'static, E: Send + 'static>(
    work: impl FnOnce() -> Result<T, E> + Send + 'static,
    refuse: impl FnOnce(E) -> RpcError,
) -> Result<T, RpcError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done.map_err(refuse),
        Err(_) => Err(RpcError::internal("the request broke off inside the server")),
    }
}

fn io_failed(error: &dyn std::error::Error) -> RpcError {
    RpcError::new(ErrorKind::IoFailed, error.to_string())
}

fn history_failed(error: HistoryError) -> RpcError {
    match error {
        HistoryError::TooLarge { .. } => RpcError::new(ErrorKind::InvalidRequest, error.to_string()),
        HistoryError::Io { .. } | HistoryError::Malformed { .. } => io_failed(&error),
    }
}
