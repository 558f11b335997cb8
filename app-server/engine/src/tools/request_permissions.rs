//! `request_permissions`: the model asks for more than the sandbox gives, for the turn or for the rest of the thread.

use codex_app_server_protocol::LegacyAppPathString;
use codex_app_server_protocol::server_methods::ItemPermissionsRequestApproval;
use codex_app_server_protocol::v2::{AskForApproval, PermissionGrantScope, PermissionsRequestApprovalParams};
use serde::Deserialize;

use super::{Caller, Output, arguments};
use crate::approval::{Permissions, Wish};
use crate::settings::LOCAL_ENVIRONMENT;
use crate::thread::Answered;

#[derive(Deserialize)]
struct Arguments {
    reason: Option<String>,
    permissions: Wish,
}

pub(super) async fn run(caller: &Caller, text: &str) -> Output {
    let turn = &caller.turn;
    let Arguments { reason, permissions } = match arguments(text) {
        Ok(arguments) => arguments,
        Err(told) => return told,
    };
    let asked = permissions.permissions(turn.settings.cwd.as_path());
    if asked.is_empty() {
        return "request_permissions requires at least one permission".to_owned().into();
    }
    let may_ask = match turn.settings.approval_policy {
        AskForApproval::Never => false,
        AskForApproval::Granular { request_permissions, .. } => request_permissions,
        AskForApproval::Untrusted | AskForApproval::OnRequest => true,
    };
    let (granted, scope) = match may_ask {
        true => ask(caller, reason, &asked).await,
        false => (Permissions::default(), PermissionGrantScope::Turn),
    };
    match scope {
        PermissionGrantScope::Turn => turn.tools.granted.add(&granted),
        PermissionGrantScope::Session => caller.thread.tools.granted.add(&granted),
    }
    granted.told(scope).to_string().into()
}

/// Asks the user; nothing is granted where there is no answer.
async fn ask(caller: &Caller, reason: Option<String>, asked: &Permissions) -> (Permissions, PermissionGrantScope) {
    let Caller { thread, turn, call_id } = caller;
    let params = PermissionsRequestApprovalParams {
        thread_id: thread.id.to_string(),
        turn_id: turn.id.clone(),
        item_id: call_id.clone(),
        environment_id: Some(LOCAL_ENVIRONMENT.to_owned()),
        started_at_ms: thread.env.now_ms(),
        cwd: LegacyAppPathString(turn.settings.cwd.as_str().to_owned()),
        reason,
        permissions: asked.requested(),
    };
    match caller.ask_leave::<ItemPermissionsRequestApproval>(&params).await {
        Answered::With(response) => (asked.granted(&response.permissions), response.scope),
        Answered::Badly(_) | Answered::Never => (Permissions::default(), PermissionGrantScope::Turn),
    }
}
