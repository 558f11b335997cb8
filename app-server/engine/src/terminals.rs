//! `thread/backgroundTerminals/*`: the commands of the model that run on in a thread.

use codex_app_server_protocol::LegacyAppPathString;
use codex_app_server_protocol::v2;
use codex_exec::SessionInfo;

use crate::engine::{Engine, Reply};
use crate::error::EngineError;
use crate::tools::SessionTag;

impl Engine {
    /// Lists what runs.
    pub fn list_terminals(
        &self,
        params: &v2::ThreadBackgroundTerminalsListParams,
        reply: Reply<v2::ThreadBackgroundTerminalsListResponse>,
    ) {
        reply(self.terminals_page(params));
    }

    fn terminals_page(
        &self,
        params: &v2::ThreadBackgroundTerminalsListParams,
    ) -> Result<v2::ThreadBackgroundTerminalsListResponse, EngineError> {
        let handle = self.loaded(&params.thread_id)?;
        let start = match params.cursor.as_deref().map(str::parse::<usize>) {
            None => 0,
            Some(Ok(start)) => start,
            Some(Err(error)) => return Err(EngineError::InvalidCursor(error.to_string())),
        };
        let running = handle.shared.tools.sessions.list();
        let limit = params.limit.map_or(running.len(), |limit| limit.max(1) as usize);
        let end = start.saturating_add(limit);
        let next_cursor = (end < running.len()).then(|| end.to_string());
        let data = running.into_iter().skip(start).take(limit).map(terminal).collect();
        Ok(v2::ThreadBackgroundTerminalsListResponse { data, next_cursor })
    }

    /// Ends all that runs; their items follow.
    pub fn clean_terminals(
        &self,
        params: &v2::ThreadBackgroundTerminalsCleanParams,
        reply: Reply<v2::ThreadBackgroundTerminalsCleanResponse>,
    ) {
        reply(self.loaded(&params.thread_id).map(|handle| {
            handle.shared.tools.sessions.clean();
            v2::ThreadBackgroundTerminalsCleanResponse {}
        }));
    }

    /// Ends one; its item follows.
    pub fn terminate_terminal(
        &self,
        params: &v2::ThreadBackgroundTerminalsTerminateParams,
        reply: Reply<v2::ThreadBackgroundTerminalsTerminateResponse>,
    ) {
        let terminated = self.loaded(&params.thread_id).and_then(|handle| {
            let id = params.process_id.parse::<i32>();
            let id = id.map_err(|error| EngineError::InvalidProcessId(error.to_string()))?;
            Ok(handle.shared.tools.sessions.terminate(id))
        });
        reply(terminated.map(|terminated| v2::ThreadBackgroundTerminalsTerminateResponse { terminated }));
    }
}

fn terminal(session: SessionInfo<SessionTag>) -> v2::ThreadBackgroundTerminal {
    v2::ThreadBackgroundTerminal {
        item_id: session.tag.item_id,
        process_id: session.id.to_string(),
        command: session.tag.script,
        cwd: LegacyAppPathString(session.cwd.to_string_lossy().into_owned()),
        os_pid: None,
        cpu_percent: None,
        rss_kb: None,
    }
}
