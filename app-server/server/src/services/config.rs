//! `config/*`: the configuration as clients see it.

use std::path::Path;

use codex_app_server_protocol::{ErrorKind, Handle, NoParams, RpcError, methods, v2};
use codex_config_loader::ConfigError;

use super::Context;
use crate::reply::Reply;

impl Handle<methods::ConfigRead, Reply> for Context {
    async fn handle(self, params: v2::ConfigReadParams, reply: Reply) {
        let cwd = params.cwd.as_deref().map(Path::new);
        match self.app.config.read(cwd, params.include_layers) {
            Ok(read) => reply.send_json(&read.json),
            Err(error) => reply.send::<()>(Err(unreadable(&error))),
        }
    }
}

impl Handle<methods::ConfigRequirementsRead, Reply> for Context {
    async fn handle(self, _params: NoParams, reply: Reply) {
        match self.app.config.requirements() {
            Ok(read) => reply.send_json(&read.json),
            Err(error) => reply.send::<()>(Err(unreadable(&error))),
        }
    }
}

/// A read fails with the code of a server fault, a thread/start on the same file does not.
fn unreadable(error: &ConfigError) -> RpcError {
    let mut refused = RpcError::new(ErrorKind::ConfigInvalid, error.read_message());
    refused.code = ErrorKind::Internal.rpc_code();
    refused
}
