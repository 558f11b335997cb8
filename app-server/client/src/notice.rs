//! Notifications of the server, in the order in which they came.

use std::sync::Arc;

use codex_app_server_protocol::{Event, ServerNotification};
use serde_json::value::RawValue;
use tokio::sync::mpsc;

/// Notifications that may wait to be taken. When so many wait the client reads no further, answers included, until some
/// are taken or [`Notifications`] is dropped.
pub const NOTICE_LIMIT: usize = 65_536;

/// The notifications of a connection.
///
/// Whoever does not want them drops this; whoever keeps it must go on taking them, see [`NOTICE_LIMIT`].
#[derive(Debug)]
pub struct Notifications {
    queue: mpsc::Receiver<Notice>,
}

impl Notifications {
    pub(crate) fn channel() -> (mpsc::Sender<Notice>, Self) {
        let (sender, queue) = mpsc::channel(NOTICE_LIMIT);
        (sender, Self { queue })
    }

    /// The next notification; `None` once the connection is over and all are taken.
    ///
    /// A future that is dropped before it is ready loses nothing.
    pub async fn next(&mut self) -> Option<Notice> {
        self.queue.recv().await
    }

    /// How many have come and wait to be taken.
    #[must_use]
    pub fn waiting(&self) -> usize {
        self.queue.len()
    }

    /// The next notification if one has come already.
    pub fn try_next(&mut self) -> Option<Notice> {
        self.queue.try_recv().ok()
    }
}

/// One notification.
#[derive(Clone, Debug)]
pub struct Notice {
    body: Body,
}

#[derive(Clone, Debug)]
enum Body {
    Shared(Arc<Event>),
    Known { body: Box<ServerNotification>, emitted_at_ms: Option<i64> },
    Unknown { method: String, params: Option<Box<RawValue>>, emitted_at_ms: Option<i64> },
}

impl Notice {
    pub(crate) fn shared(event: Arc<Event>) -> Self {
        Self { body: Body::Shared(event) }
    }

    pub(crate) fn known(body: ServerNotification, emitted_at_ms: Option<i64>) -> Self {
        Self { body: Body::Known { body: Box::new(body), emitted_at_ms } }
    }

    pub(crate) fn unknown(method: String, params: Option<&RawValue>, emitted_at_ms: Option<i64>) -> Self {
        Self { body: Body::Unknown { method, params: params.map(ToOwned::to_owned), emitted_at_ms } }
    }

    /// The name on the wire.
    #[must_use]
    pub fn method(&self) -> &str {
        match &self.body {
            Body::Shared(event) => event.body.method(),
            Body::Known { body, .. } => body.method(),
            Body::Unknown { method, .. } => method,
        }
    }

    /// What it tells, when the protocol crate has a type for it.
    #[must_use]
    pub fn body(&self) -> Option<&ServerNotification> {
        match &self.body {
            Body::Shared(event) => Some(&event.body),
            Body::Known { body, .. } => Some(body),
            Body::Unknown { .. } => None,
        }
    }

    /// The params of a notification without a type, as they were sent; `None` for typed ones.
    #[must_use]
    pub fn unknown_params(&self) -> Option<&RawValue> {
        match &self.body {
            Body::Unknown { params, .. } => params.as_deref(),
            _ => None,
        }
    }

    /// When the server emitted it, in milliseconds since the Unix epoch.
    #[must_use]
    pub fn emitted_at_ms(&self) -> Option<i64> {
        match &self.body {
            Body::Shared(event) => Some(event.emitted_at_ms),
            Body::Known { emitted_at_ms, .. } | Body::Unknown { emitted_at_ms, .. } => *emitted_at_ms,
        }
    }
}
