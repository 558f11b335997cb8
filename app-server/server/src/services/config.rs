//! `config/*`: the configuration as clients see it.

use std::path::Path;

use codex_app_server_protocol::{ErrorKind, Handle, RpcError, methods, v2};

use super::Context;
use crate::reply::Reply;

impl Handle<methods::ConfigRead, Reply> for Context {
    async fn handle(self, params: v2::ConfigReadParams, reply: Reply) {
        let cwd = params.cwd.as_deref().map(Path::new);
        match self.app.config.read(cwd, params.include_layers) {
            Ok(read) => reply.send_json(&read.json),
            Err(error) => {
                let mut refused = RpcError::new(ErrorKind::ConfigInvalid, error.read_message());
                // A read fails with the code of a server fault, a thread/start on the same file does not.
                refused.code = ErrorKind::Internal.rpc_code();
                reply.send::<()>(Err(refused));
            }
        }
    }
}
