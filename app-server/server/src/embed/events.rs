//! What an embedded server tells.

use std::sync::Arc;

use codex_app_server_protocol::envelope::Inbound;
use codex_app_server_protocol::{Event, RequestId, ServerRequest};
use codex_app_server_transport::{InProcessReceiver, Outgoing};

/// Something that an embedded server tells.
#[derive(Clone, Debug)]
pub enum EmbeddedEvent {
    /// A notification.
    Notification(Arc<Event>),
    /// A request of the server, such as an approval, to be answered with [`super::Embedded::respond`] or
    /// [`super::Embedded::refuse`]. `serverRequest/resolved` says when it needs no answer any more.
    Request {
        /// Names the request in its answer.
        id: RequestId,
        /// What is asked.
        request: Box<ServerRequest>,
    },
}

/// What an embedded server tells, in order.
///
/// Nothing is lost: what waits is bounded by `outbound_hard_bytes` of app-server.toml, and turns wait for room beyond that. So
/// whoever keeps this must go on taking; whoever wants nothing drops it.
#[derive(Debug)]
pub struct EmbeddedEvents {
    receiver: InProcessReceiver,
}

impl EmbeddedEvents {
    pub(super) fn new(receiver: InProcessReceiver) -> Self {
        Self { receiver }
    }

    /// The next event; `None` once the server was shut down and all are taken. A future that is dropped before it is ready
    /// loses nothing.
    pub async fn next(&mut self) -> Option<EmbeddedEvent> {
        loop {
            match self.receiver.recv().await? {
                Outgoing::Event(event) => return Some(EmbeddedEvent::Notification(event)),
                Outgoing::Line(line) => match request(&line) {
                    Some(event) => return Some(event),
                    None => tracing::error!("a line is no request of the server"),
                },
            }
        }
    }
}

/// The request in a line; answers do not come as lines here.
fn request(line: &str) -> Option<EmbeddedEvent> {
    let Ok(Inbound::Request { id, method, params, .. }) = Inbound::parse(line.as_bytes()) else { return None };
    let request = ServerRequest::decode(&method, params)?.ok()?;
    Some(EmbeddedEvent::Request { id, request: Box::new(request) })
}
