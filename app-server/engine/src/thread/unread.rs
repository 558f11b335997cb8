//! That a turn has something to read is kept before its end is told.

use codex_app_server_protocol::v2::{ThreadReadState, Turn, TurnStatus};

use super::ThreadShared;
use crate::turn::{TurnFacts, TurnKind};

/// Keeps that the turn has something to read, if it has. A thread that goes on by itself has nothing yet.
pub(super) async fn keep_unread(
    shared: &ThreadShared,
    turn: &TurnFacts,
    ended: &Turn,
    goes_on: bool,
) -> Option<ThreadReadState> {
    if shared.log.is_ephemeral() {
        return None;
    }
    let id = shared.id.to_string();
    if shared.view().thread().project_id.is_some() {
        let touched = shared.state.touch_thread(id.clone(), ended.completed_at.unwrap_or_default()).await;
        if let Err(error) = touched {
            tracing::warn!(thread = %shared.id, %error, "a project is shown as older than it is");
        }
    }
    match ended.status {
        TurnStatus::Interrupted => return None,
        TurnStatus::Completed if goes_on => return None,
        TurnStatus::Completed if turn.kind == TurnKind::Compact => return None,
        _ if turn.kind == TurnKind::UserShell => return None,
        _ => {}
    }
    let revision = shared.env.new_id();
    match shared.state.turn_unread(id, turn.id.clone(), revision.clone()).await {
        Ok(read_state) => {
            shared.view().set_read_state(read_state.clone());
            Some(read_state)
        }
        Err(error) => {
            tracing::warn!(thread = %shared.id, %error, "what is unread is known until the thread is unloaded");
            Some(shared.view().unread(&turn.id, revision))
        }
    }
}
