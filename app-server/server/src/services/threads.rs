//! `thread/*`: handed to the engine, which answers.

use std::sync::Arc;

use codex_app_server_protocol::ext::ThreadReplayParams;
use codex_app_server_protocol::{Handle, methods, v2};
use codex_engine::{ClientFacts, Subscriber};

use super::Context;
use crate::reply::Reply;

impl Handle<methods::ThreadStart, Reply> for Context {
    async fn handle(self, params: v2::ThreadStartParams, reply: Reply) {
        let name = self.session.client().map(|client| client.name.clone()).unwrap_or_default();
        let (client, subscriber) = (ClientFacts { name }, Arc::clone(&self.session));
        match self.key {
            Some(key) => {
                self.app.engine.start_thread_once(key, params, client, subscriber, reply.engine()).await;
            }
            None => self.app.engine.start_thread(params, client, subscriber, reply.engine()).await,
        }
    }
}

impl Handle<methods::ThreadResume, Reply> for Context {
    async fn handle(self, params: v2::ThreadResumeParams, reply: Reply) {
        let subscriber = Arc::clone(&self.session);
        self.app.engine.resume_thread(params, subscriber, reply.engine()).await;
    }
}

impl Handle<methods::ThreadReplay, Reply> for Context {
    async fn handle(self, params: ThreadReplayParams, reply: Reply) {
        let subscriber = Arc::clone(&self.session);
        self.app.engine.replay_thread(params, subscriber, reply.engine()).await;
    }
}

impl Handle<methods::ThreadFork, Reply> for Context {
    async fn handle(self, params: v2::ThreadForkParams, reply: Reply) {
        let subscriber = Arc::clone(&self.session);
        self.app.engine.fork_thread(params, subscriber, reply.engine()).await;
    }
}

impl Handle<methods::ThreadRevert, Reply> for Context {
    async fn handle(self, params: v2::ThreadRevertParams, reply: Reply) {
        self.app.engine.revert_thread(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadInjectItems, Reply> for Context {
    async fn handle(self, params: v2::ThreadInjectItemsParams, reply: Reply) {
        self.app.engine.inject_items(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadSettingsUpdate, Reply> for Context {
    async fn handle(self, params: v2::ThreadSettingsUpdateParams, reply: Reply) {
        self.app.engine.update_settings(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadRead, Reply> for Context {
    async fn handle(self, params: v2::ThreadReadParams, reply: Reply) {
        let subscriber = Arc::clone(&self.session);
        self.app.engine.read_thread(params, subscriber, reply.engine()).await;
    }
}

impl Handle<methods::ThreadList, Reply> for Context {
    async fn handle(self, params: v2::ThreadListParams, reply: Reply) {
        self.app.engine.list_threads(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadSearch, Reply> for Context {
    async fn handle(self, params: v2::ThreadSearchParams, reply: Reply) {
        self.app.engine.search_threads(&params, reply.engine());
    }
}

impl Handle<methods::ThreadLoadedList, Reply> for Context {
    async fn handle(self, params: v2::ThreadLoadedListParams, reply: Reply) {
        self.app.engine.loaded_threads(params, reply.engine());
    }
}

impl Handle<methods::ThreadUnsubscribe, Reply> for Context {
    async fn handle(self, params: v2::ThreadUnsubscribeParams, reply: Reply) {
        self.app.engine.unsubscribe(params, self.session.id(), reply.engine()).await;
    }
}

impl Handle<methods::ThreadNameSet, Reply> for Context {
    async fn handle(self, params: v2::ThreadSetNameParams, reply: Reply) {
        self.app.engine.set_name(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadArchive, Reply> for Context {
    async fn handle(self, params: v2::ThreadArchiveParams, reply: Reply) {
        self.app.engine.archive_thread(&params, reply.engine());
    }
}

impl Handle<methods::ThreadUnarchive, Reply> for Context {
    async fn handle(self, params: v2::ThreadUnarchiveParams, reply: Reply) {
        self.app.engine.unarchive_thread(&params, reply.engine());
    }
}

impl Handle<methods::ThreadDelete, Reply> for Context {
    async fn handle(self, params: v2::ThreadDeleteParams, reply: Reply) {
        self.app.engine.delete_thread(&params, reply.engine());
    }
}

impl Handle<methods::ThreadMetadataUpdate, Reply> for Context {
    async fn handle(self, params: v2::ThreadMetadataUpdateParams, reply: Reply) {
        self.app.engine.update_metadata(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadCompactStart, Reply> for Context {
    async fn handle(self, params: v2::ThreadCompactStartParams, reply: Reply) {
        self.app.engine.compact_start(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadShellCommand, Reply> for Context {
    async fn handle(self, params: v2::ThreadShellCommandParams, reply: Reply) {
        self.app.engine.shell_command(params, reply.engine()).await;
    }
}

impl Handle<methods::ThreadBackgroundTerminalsList, Reply> for Context {
    async fn handle(self, params: v2::ThreadBackgroundTerminalsListParams, reply: Reply) {
        self.app.engine.list_terminals(&params, reply.engine());
    }
}

impl Handle<methods::ThreadBackgroundTerminalsClean, Reply> for Context {
    async fn handle(self, params: v2::ThreadBackgroundTerminalsCleanParams, reply: Reply) {
        self.app.engine.clean_terminals(&params, reply.engine());
    }
}

impl Handle<methods::ThreadBackgroundTerminalsTerminate, Reply> for Context {
    async fn handle(self, params: v2::ThreadBackgroundTerminalsTerminateParams, reply: Reply) {
        self.app.engine.terminate_terminal(&params, reply.engine());
    }
}
