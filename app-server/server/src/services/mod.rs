//! What answers each method, one file a domain. Handlers translate between the wire and the engine; they hold no state.

mod account;
mod commands;
mod config;
mod diagnostics;
mod external_agent;
mod features;
mod git;
mod history;
mod initialize;
mod kept;
mod models;
mod permissions;
mod providers;
mod threads;
mod turns;
mod windows_sandbox;

use std::sync::Arc;

use codex_app_server_protocol::{Handle, methods, v2};
use codex_engine::IdempotencyKey;

use crate::app::App;
use crate::connections::Session;
use crate::reply::Reply;

/// What a handler knows: the process and the connection that asks.
#[derive(Clone)]
pub(crate) struct Context {
    pub(crate) app: Arc<App>,
    pub(crate) session: Arc<Session>,
    /// The client's name for the request, where it may be sent again.
    pub(crate) key: Option<IdempotencyKey>,
}

impl Handle<methods::MockExperimentalMethod, Reply> for Context {
    async fn handle(self, params: v2::MockExperimentalMethodParams, reply: Reply) {
        reply.send(Ok(v2::MockExperimentalMethodResponse { echoed: params.value }));
    }
}

/// Cuts one page out of a list whose cursor is the index of its first entry. A limit of 0 acts as 1; `what` names the
/// entries in an error.
pub(crate) fn page<T>(
    all: Vec<T>,
    cursor: Option<&str>,
    limit: Option<u32>,
    what: &str,
) -> Result<(Vec<T>, Option<String>), codex_app_server_protocol::RpcError> {
    use codex_app_server_protocol::{ErrorKind, RpcError};

    let total = all.len();
    let refused = |cursor: &str, message| RpcError::new(ErrorKind::InvalidCursor, message).subject(cursor);
    let start = match cursor.map(|cursor| (cursor, cursor.parse::<usize>())) {
        None => 0,
        Some((_, Ok(start))) if start <= total => start,
        Some((cursor, Ok(_))) => return Err(refused(cursor, format!("cursor {cursor} exceeds total {what} {total}"))),
        Some((cursor, Err(_))) => return Err(refused(cursor, format!("invalid cursor: {cursor}"))),
    };
    let limit = limit.map_or(total, |limit| limit.max(1) as usize);
    let end = start.saturating_add(limit).min(total);
    let next = (end < total).then(|| end.to_string());
    Ok((all.into_iter().skip(start).take(end - start).collect(), next))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_follow_their_cursors_to_the_end() {
        let all = vec![1, 2, 3];
        assert_eq!(page(all.clone(), None, None, "models").unwrap(), (vec![1, 2, 3], None));
        assert_eq!(page(all.clone(), None, Some(2), "models").unwrap(), (vec![1, 2], Some("2".to_owned())));
        assert_eq!(page(all.clone(), Some("2"), Some(2), "models").unwrap(), (vec![3], None));
        assert_eq!(page(all.clone(), None, Some(0), "models").unwrap(), (vec![1], Some("1".to_owned())));
        assert_eq!(page(all.clone(), Some("zz"), None, "models").unwrap_err().message, "invalid cursor: zz");
        assert_eq!(page(all, Some("4"), None, "models").unwrap_err().message, "cursor 4 exceeds total models 3");
    }
}
