//! `account/*`: who is signed in.

use codex_app_server_protocol::{Handle, RpcError, methods, v2};
use codex_config_loader::LoadRequest;

use super::Context;
use crate::auth::Login;
use crate::reply::Reply;

impl Handle<methods::AccountRead, Reply> for Context {
    async fn handle(self, _: v2::GetAccountParams, reply: Reply) {
        let answer = self.app.config.load_or_defaults(&LoadRequest::default()).map(|config| {
            let requires_openai_auth = config.model_provider.requires_openai_auth;
            // A provider that does not need it shows no account, even where credentials exist.
            let account = match self.app.auth.login() {
                Login::ApiKey(_) if requires_openai_auth => Some(v2::Account::ApiKey),
                _ => None,
            };
            v2::GetAccountResponse { account, user_id: None, requires_openai_auth, workspace_routing: None }
        });
        reply.send(answer.map_err(|error| RpcError::internal(error.read_message())));
    }
}
