//! How a client presents itself and behaves.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use codex_app_server_protocol::Extension;
use codex_app_server_protocol::v1::{ClientInfo, InitializeCapabilities};
use serde_json::json;

use crate::{RefuseRequests, ServerRequestHandler, Tap};

/// What [`crate::Client::connect`] needs to know.
#[derive(Clone)]
pub struct ClientOptions {
    /// Who the client is; the name stands in what the server tells the model provider.
    pub client_info: ClientInfo,
    /// What the client asks for; `None` for nothing.
    pub capabilities: Option<InitializeCapabilities>,
    /// Answers the requests of the server.
    pub handler: Arc<dyn ServerRequestHandler>,
    /// How long a call may take; `None` waits as long as the connection lasts.
    pub request_timeout: Option<Duration>,
    /// Sees every message, both ways.
    pub tap: Option<Tap>,
    /// Whether a client that reconnects asks the server for what makes that seamless, beyond its capabilities: the replay of
    /// what was missed, and keys by which requests are known again. Servers that have neither pass over it.
    pub seamless: bool,
}

impl ClientOptions {
    /// A client of this name and version without capabilities, which refuses requests of the server and waits for
    /// answers as long as the connection lasts.
    #[must_use]
    pub fn new(name: impl Into<String>, version: impl Into<String>) -> Self {
        Self {
            client_info: ClientInfo { name: name.into(), title: None, version: version.into() },
            capabilities: None,
            handler: Arc::new(RefuseRequests),
            request_timeout: None,
            tap: None,
            seamless: true,
        }
    }

    /// These options for a client that reconnects.
    pub(crate) fn reconnecting(mut self) -> Self {
        if self.seamless {
            let listed = self.capabilities.get_or_insert_default().extensions.get_or_insert_default();
            for extension in [Extension::Replay, Extension::Idempotency] {
                listed.entry(extension.name().to_owned()).or_insert_with(|| json!({}));
            }
        }
        self
    }
}

impl fmt::Debug for ClientOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("ClientOptions")
            .field("client_info", &self.client_info)
            .field("capabilities", &self.capabilities)
            .field("seamless", &self.seamless)
            .field("request_timeout", &self.request_timeout)
            .finish_non_exhaustive()
    }
}
