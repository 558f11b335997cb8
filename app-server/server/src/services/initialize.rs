//! `initialize`: opens a connection and tells what there is to say at its start.

use std::sync::Arc;

use codex_app_server_protocol::v1::{InitializeParams, InitializeResponse};
use codex_app_server_protocol::v2::{RemoteControlConnectionStatus, RemoteControlStatusChangedNotification};
use codex_app_server_protocol::{ErrorKind, Handle, RpcError, ServerNotification, methods};
use codex_engine::{Subscriber, config_warning};

use super::Context;
use crate::connections::Client;
use crate::identity::is_header_value;
use crate::observe::request::record_client;
use crate::platform;
use crate::reply::Reply;

impl Handle<methods::Initialize, Reply> for Context {
    async fn handle(self, params: InitializeParams, reply: Reply) {
        let (name, version) = (params.client_info.name.clone(), params.client_info.version.clone());
        if !is_header_value(&name) {
            let message = format!("Invalid clientInfo.name: '{name}'. Must be a valid HTTP header value.");
            return reply.send::<()>(Err(RpcError::new(ErrorKind::InvalidRequest, message)));
        }
        let client = match Client::new(params) {
            Ok(client) => client,
            Err(error) => return reply.send::<()>(Err(error)),
        };
        let extensions = client.extensions.granted();
        if !self.session.initialize(client) {
            return reply.send::<()>(Err(RpcError::new(ErrorKind::AlreadyInitialized, "Already initialized")));
        }
        record_client(&name, &version);
        self.app.identity.introduce(&name, &version);
        reply.send(Ok(InitializeResponse {
            user_agent: self.app.identity.user_agent_text(),
            codex_home: self.app.home.clone(),
            platform_family: platform::family().to_owned(),
            platform_os: platform::os().to_owned(),
            extensions,
        }));
        for warning in self.app.startup_warnings() {
            self.tell(ServerNotification::ConfigWarning(config_warning(&warning)));
        }
        self.tell(ServerNotification::RemoteControlStatusChanged(RemoteControlStatusChangedNotification {
            status: RemoteControlConnectionStatus::Disabled,
            server_name: gethostname::gethostname().to_string_lossy().into_owned(),
            installation_id: self.app.identity.installation().to_owned(),
            environment_id: None,
        }));
    }
}

impl Context {
    /// Tells something to this connection alone.
    pub(super) fn tell(&self, body: ServerNotification) {
        self.session.deliver(&Arc::new(self.app.event(body)));
    }
}
