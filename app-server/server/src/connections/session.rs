//! What is known about one connection: who is behind it, what it asked for, where its messages wait.

use std::collections::HashSet;
use std::num::NonZeroU32;
use std::pin::Pin;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, OnceLock};
use std::time::Duration;

use codex_app_server_protocol::envelope::{encode_request, encode_unasked_error};
use codex_app_server_protocol::v1::{InitializeCapabilities, InitializeParams};
use codex_app_server_protocol::{Event, Extension, RequestId, RpcError};
use codex_app_server_transport::{ConnectionId, Outbound, Overflow};
use codex_engine::{Question, Subscriber, SubscriberId};
use codex_utils_metrics::{CONNECTIONS, CONNECTIONS_OPEN, ConnectionLabel, Held, LINES_DROPPED, Label};
use tokio_util::sync::CancellationToken;

use super::extensions::Extensions;
use super::in_flight::InFlight;
use crate::order::Order;
use crate::strict;

/// The client behind a connection, from its `initialize`.
#[derive(Debug)]
pub(crate) struct Client {
    pub(crate) name: String,
    pub(crate) version: String,
    /// Whether it may use experimental methods and fields.
    pub(crate) experimental: bool,
    /// The extensions that it asked for.
    pub(crate) extensions: Extensions,
    /// Notifications it does not want, by exact name.
    opt_out: HashSet<String>,
}

impl Client {
    /// # Errors
    /// When the client asks for an extension with settings that it does not have.
    pub(crate) fn new(params: InitializeParams) -> Result<Self, RpcError> {
        let InitializeCapabilities { experimental_api, opt_out_notification_methods, extensions, .. } =
            params.capabilities.unwrap_or_default();
        Ok(Self {
            name: params.client_info.name,
            version: params.client_info.version,
            experimental: experimental_api,
            extensions: Extensions::asked_for(&extensions.unwrap_or_default())?,
            opt_out: opt_out_notification_methods.unwrap_or_default().into_iter().collect(),
        })
    }
}

/// One connection.
#[derive(Debug)]
pub(crate) struct Session {
    id: ConnectionId,
    transport: ConnectionLabel,
    outbound: Outbound,
    client: OnceLock<Client>,
    /// One for each request that may be unanswered; further ones are refused as overload.
    pub(crate) in_flight: InFlight,
    /// Requests about what the client has named for itself.
    pub(crate) order: Order,
    /// Cancelled when the connection has ended.
    ended: CancellationToken,
    dropped_lines: AtomicU64,
    _open: Held,
}

impl Session {
    /// A connection with room for so many unanswered requests.
    pub(crate) fn new(id: ConnectionId, transport: ConnectionLabel, outbound: Outbound, in_flight: NonZeroU32) -> Self {
        CONNECTIONS.of(transport).inc();
        Self {
            id,
            transport,
            _open: CONNECTIONS_OPEN.of(transport).hold(),
            outbound,
            client: OnceLock::new(),
            in_flight: InFlight::new(in_flight),
            order: Order::default(),
            ended: CancellationToken::new(),
            dropped_lines: AtomicU64::new(0),
        }
    }

    pub(crate) fn connection(&self) -> ConnectionId {
        self.id
    }

    pub(crate) fn outbound(&self) -> &Outbound {
        &self.outbound
    }

    /// What carries the connection, as spans say it.
    pub(crate) fn transport_name(&self) -> &'static str {
        ConnectionLabel::VALUES.get(self.transport.index()).copied().unwrap_or_default()
    }

    /// The client, once the connection is initialized.
    pub(crate) fn client(&self) -> Option<&Client> {
        self.client.get()
    }

    /// Initializes the connection; `false` when it was before.
    pub(crate) fn initialize(&self, client: Client) -> bool {
        if client.extensions.has(Extension::Replay) {
            self.outbound.write_cursors();
        }
        self.client.set(client).is_ok()
    }

    /// What is cancelled when the connection has ended: what lives and dies with it.
    pub(crate) fn ended(&self) -> &CancellationToken {
        &self.ended
    }

    /// Counts a line that was dropped and logs why.
    pub(crate) fn dropped(&self, reason: &dyn std::fmt::Display) {
        LINES_DROPPED.inc();
        let count = self.dropped_lines.fetch_add(1, Ordering::Relaxed) + 1;
        tracing::warn!(connection = self.id.0, count, "line dropped: {reason}");
        self.unread(reason);
    }

    /// Tells a strict client of a line that comes to nothing.
    pub(crate) fn unread(&self, reason: &dyn std::fmt::Display) {
        if self.is_strict() {
            self.outbound.push_line(encode_unasked_error(&strict::unread_line(reason)));
        }
    }

    pub(crate) fn is_strict(&self) -> bool {
        self.client().is_some_and(|client| client.extensions.has(Extension::Strict))
    }

    /// Whether the client gets this notification: it is initialized, may see it, and has not opted out.
    fn wants(&self, event: &Event) -> bool {
        self.client().is_some_and(|client| {
            (client.experimental || !event.body.needs_experimental())
                && (client.extensions.has(Extension::Heartbeat) || !event.body.is_heartbeat())
                && (client.opt_out.is_empty() || !client.opt_out.contains(event.body.method()))
        })
    }
}

impl Subscriber for Session {
    fn id(&self) -> SubscriberId {
        SubscriberId(self.id.0)
    }

    fn has_ended(&self) -> bool {
        self.ended.is_cancelled()
    }

    fn deliver(&self, event: &Arc<Event>) {
        if self.wants(event) {
            self.outbound.push_event(Arc::clone(event));
        }
    }

    fn ask(&self, question: &Question) {
        self.outbound.push_line(encode_request(&RequestId::Integer(question.id), question.method, &*question.params));
    }

    fn notes_places(&self) -> bool {
        self.client().is_some_and(|client| client.extensions.has(Extension::Replay))
    }

    fn wants_heartbeat(&self) -> bool {
        self.client().is_some_and(|client| client.extensions.has(Extension::Heartbeat))
    }

    fn question_limit(&self) -> Option<Duration> {
        let limit = self.client()?.extensions.question_limit?;
        Some(Duration::from_millis(limit.limit_ms))
    }

    fn ready(&self) -> Option<Pin<Box<dyn Future<Output = ()> + Send>>> {
        // Nobody waits for a client that is cut off when it is too slow.
        if self.outbound.overflow() == Overflow::Close || self.outbound.has_room() {
            return None;
        }
        let outbound = self.outbound.clone();
        Some(Box::pin(async move { outbound.ready().await }))
    }
}
