//! Calls that take a thread up again, each with its answer.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use codex_app_server_protocol::v2;
use codex_engine::EngineError;

use crate::harness::{Client, Lab, reply, rollouts};

impl Lab {
    pub(crate) async fn resume_with(
        &self,
        client: &Arc<Client>,
        params: v2::ThreadResumeParams,
    ) -> Result<v2::ThreadResumeResponse, EngineError> {
        let (reply, answer) = reply(client, "thread/resume");
        self.engine.resume_thread(params, client.clone(), reply).await;
        answer.await.unwrap()
    }

    pub(crate) async fn fork(
        &self,
        client: &Arc<Client>,
        params: v2::ThreadForkParams,
    ) -> Result<v2::ThreadForkResponse, EngineError> {
        let (reply, answer) = reply(client, "thread/fork");
        self.engine.fork_thread(params, client.clone(), reply).await;
        answer.await.unwrap()
    }

    pub(crate) async fn revert(
        &self,
        client: &Arc<Client>,
        thread: &str,
        before: &str,
    ) -> Result<v2::ThreadRevertResponse, EngineError> {
        let params = v2::ThreadRevertParams { thread_id: thread.to_owned(), before_turn_id: before.to_owned() };
        let (reply, answer) = reply(client, "thread/revert");
        self.engine.revert_thread(params, reply).await;
        answer.await.unwrap()
    }

    pub(crate) async fn compact(&self, client: &Arc<Client>, thread: &str) -> Result<(), EngineError> {
        let params = v2::ThreadCompactStartParams { thread_id: thread.to_owned() };
        let (reply, answer) = reply(client, "thread/compact/start");
        self.engine.compact_start(params, reply).await;
        answer.await.unwrap().map(drop)
    }

    pub(crate) async fn inject(
        &self,
        client: &Arc<Client>,
        thread: &str,
        items: Vec<serde_json::Value>,
    ) -> Result<(), EngineError> {
        let params = v2::ThreadInjectItemsParams { thread_id: thread.to_owned(), items };
        let (reply, answer) = reply(client, "thread/inject_items");
        self.engine.inject_items(params, reply).await;
        answer.await.unwrap().map(drop)
    }

    pub(crate) async fn settings(
        &self,
        client: &Arc<Client>,
        params: v2::ThreadSettingsUpdateParams,
    ) -> Result<(), EngineError> {
        let (reply, answer) = reply(client, "thread/settings/update");
        self.engine.update_settings(params, reply).await;
        answer.await.unwrap().map(drop)
    }

    /// The files of a thread, oldest first.
    pub(crate) fn files_of(&self, thread: &str) -> Vec<PathBuf> {
        let mut files = rollouts(&self.home.join("sessions"));
        files.retain(|file| file.to_string_lossy().contains(thread));
        files.sort();
        files
    }
}

/// What can be told of a thread whether it was read live or from its lines: its turns, with what stands in them.
pub(crate) fn plain(turns: &[v2::Turn]) -> serde_json::Value {
    serde_json::to_value(turns).unwrap()
}

pub(crate) fn bytes(file: &Path) -> Vec<u8> {
    std::fs::read(file).unwrap()
}

/// A fork of a whole thread.
pub(crate) fn fork_of(thread: &str) -> v2::ThreadForkParams {
    v2::ThreadForkParams { thread_id: thread.to_owned(), ..Default::default() }
}
