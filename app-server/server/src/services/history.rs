//! Looking into stored and loaded threads, and what version 1 asked about them: handed to the engine, which answers.

use codex_app_server_protocol::{ErrorKind, Handle, NoParams, RpcError, methods, v1, v2};

use super::{Context, git};
use crate::reply::Reply;

impl Handle<methods::ThreadTurnsList, Reply> for Context {
    async fn handle(self, params: v2::ThreadTurnsListParams, reply: Reply) {
        self.app.engine.list_turns(params, reply.engine());
    }
}

impl Handle<methods::ThreadItemsList, Reply> for Context {
    async fn handle(self, params: v2::ThreadItemsListParams, reply: Reply) {
        self.app.engine.list_items(params, reply.engine());
    }
}

impl Handle<methods::ThreadItemsRead, Reply> for Context {
    async fn handle(self, params: v2::ThreadItemsReadParams, reply: Reply) {
        self.app.engine.read_items(params, reply.engine());
    }
}

impl Handle<methods::ThreadSearchOccurrences, Reply> for Context {
    async fn handle(self, params: v2::ThreadSearchOccurrencesParams, reply: Reply) {
        self.app.engine.search_occurrences(params, reply.engine());
    }
}

impl Handle<methods::ThreadTimelineList, Reply> for Context {
    async fn handle(self, params: v2::ThreadTimelineListParams, reply: Reply) {
        self.app.engine.list_timeline(params, reply.engine());
    }
}

impl Handle<methods::GetConversationSummary, Reply> for Context {
    async fn handle(self, params: v1::GetConversationSummaryParams, reply: Reply) {
        self.app.engine.conversation_summary(params, reply.engine());
    }
}

impl Handle<methods::RolloutCompress, Reply> for Context {
    async fn handle(self, _: NoParams, reply: Reply) {
        self.app.engine.compress_rollouts();
        reply.send(Ok(v2::RolloutCompressResponse {}));
    }
}

impl Handle<methods::GitDiffToRemote, Reply> for Context {
    async fn handle(self, params: v1::GitDiffToRemoteParams, reply: Reply) {
        tokio::spawn(async move {
            let diff = git::diff_to_remote(params.cwd.as_ref()).await;
            reply.send(diff.map_err(|problem| {
                tracing::debug!(%problem, "no diff to the remote");
                let message = format!("failed to compute git diff to remote for cwd: {:?}", params.cwd);
                RpcError::new(ErrorKind::InvalidRequest, message).subject(params.cwd)
            }));
        });
    }
}
