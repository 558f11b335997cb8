//! `config/*`: the configuration as clients see and change it.

use std::path::Path;
use std::sync::Arc;

use codex_app_server_protocol::{AbsolutePathBuf, ErrorKind, Handle, NoParams, RpcError, methods, v2};
use codex_config_loader::{
    ConfigError, LayerName, MergeStrategy, Overridden, WriteEdit, WriteError, WriteOutcome, WriteRequest,
};
use serde_json::Value;

use super::Context;
use crate::reply::Reply;

impl Handle<methods::ConfigRead, Reply> for Context {
    async fn handle(self, params: v2::ConfigReadParams, reply: Reply) {
        let cwd = params.cwd.as_deref().map(Path::new);
        match self.app.config.read(cwd, params.include_layers) {
            Ok(read) => reply.send_json(&read.json),
            Err(error) => reply.send::<()>(Err(unreadable(error.read_message()))),
        }
    }
}

impl Handle<methods::ConfigRequirementsRead, Reply> for Context {
    async fn handle(self, _params: NoParams, reply: Reply) {
        match self.app.config.requirements() {
            Ok(read) => reply.send_json(&read.json),
            Err(error) => reply.send::<()>(Err(unreadable(error.read_message()))),
        }
    }
}

impl Handle<methods::ConfigValueWrite, Reply> for Context {
    async fn handle(self, params: v2::ConfigValueWriteParams, reply: Reply) {
        let edit =
            v2::ConfigEdit { key_path: params.key_path, value: params.value, merge_strategy: params.merge_strategy };
        let request = WriteRequest {
            file_path: params.file_path,
            expected_version: params.expected_version,
            edits: vec![write_edit(edit)],
        };
        reply.send(self.write(request).await);
    }
}

impl Handle<methods::ConfigBatchWrite, Reply> for Context {
    async fn handle(self, params: v2::ConfigBatchWriteParams, reply: Reply) {
        let request = WriteRequest {
            file_path: params.file_path,
            expected_version: params.expected_version,
            edits: params.edits.into_iter().map(write_edit).collect(),
        };
        let written = self.write(request).await;
        if written.is_ok() && params.reload_user_config {
            self.app.engine.reload_config().await;
        }
        reply.send(written);
    }
}

impl Context {
    /// Writes where waiting for the disk and for other processes holds up nobody.
    async fn write(&self, request: WriteRequest) -> Result<v2::ConfigWriteResponse, RpcError> {
        let config = Arc::clone(&self.app.config);
        let outcome = self.app.tasks.spawn_blocking(move || config.write(&request)).await;
        match outcome {
            Ok(Ok(outcome)) => write_response(outcome),
            Ok(Err(error)) => Err(write_error(&error)),
            Err(_) => Err(RpcError::internal("the write was given up; read the configuration to see its effect")),
        }
    }
}

/// A load that fails in a request about the configuration has the code of a server fault; one of thread/start on the
/// same file does not.
pub(super) fn unreadable(message: String) -> RpcError {
    RpcError { code: ErrorKind::Internal.rpc_code(), ..RpcError::new(ErrorKind::ConfigInvalid, message) }
}

fn write_edit(edit: v2::ConfigEdit) -> WriteEdit {
    let strategy = match edit.merge_strategy {
        v2::MergeStrategy::Replace => MergeStrategy::Replace,
        v2::MergeStrategy::Upsert => MergeStrategy::Upsert,
    };
    WriteEdit { key_path: edit.key_path, value: edit.value, strategy }
}

fn write_response(outcome: WriteOutcome) -> Result<v2::ConfigWriteResponse, RpcError> {
    let status = match outcome.overridden {
        Some(_) => v2::WriteStatus::OkOverridden,
        None => v2::WriteStatus::Ok,
    };
    Ok(v2::ConfigWriteResponse {
        status,
        version: outcome.version,
        file_path: on_wire(&outcome.file)?,
        overridden_metadata: outcome.overridden.map(overridden).transpose()?,
    })
}

fn overridden(overridden: Overridden) -> Result<v2::OverriddenMetadata, RpcError> {
    let name = layer_source(overridden.layer)?;
    Ok(v2::OverriddenMetadata {
        message: overridden.message,
        overriding_layer: v2::ConfigLayerMetadata { name, version: overridden.version },
        effective_value: overridden.effective_value,
    })
}

/// A layer in the protocol's words; both write it the same way.
fn layer_source(layer: LayerName) -> Result<v2::ConfigLayerSource, RpcError> {
    serde_json::to_value(layer)
        .and_then(serde_json::from_value)
        .map_err(|error| RpcError::internal(format!("the layer has no name on the wire: {error}")))
}

fn on_wire(path: &Path) -> Result<AbsolutePathBuf, RpcError> {
    AbsolutePathBuf::new(path)
        .ok_or_else(|| RpcError::internal(format!("{} is no absolute path of text", path.display())))
}

/// The one conversion of errors of writes. Clients know the codes in `config_write_error_code`.
pub(super) fn write_error(error: &WriteError) -> RpcError {
    let message = error.to_string();
    match error {
        WriteError::OtherFile { .. } => refusal(ErrorKind::ConfigReadonly, "configLayerReadonly", message),
        WriteError::Pinned(_) => refusal(ErrorKind::ConfigReadonly, "configRequirementReadonly", message),
        WriteError::VersionConflict { .. } => refusal(ErrorKind::VersionConflict, "configVersionConflict", message),
        WriteError::Change(_) | WriteError::LegacyProfile(..) | WriteError::Invalid(_) => invalid(message),
        WriteError::Load(ConfigError::Unreadable { .. }) | WriteError::Io(_) => {
            RpcError::new(ErrorKind::IoFailed, message)
        }
        WriteError::Load(_) => unreadable(message),
    }
}

/// A value or key path that cannot be written.
pub(super) fn invalid(message: impl Into<String>) -> RpcError {
    refusal(ErrorKind::ConfigValueInvalid, "configValidationError", message)
}

/// An error with the code that clients of writes look at.
pub(super) fn refusal(kind: ErrorKind, code: &str, message: impl Into<String>) -> RpcError {
    RpcError::new(kind, message).with("config_write_error_code", Value::String(code.to_owned()))
}
