//! One notification of the server.

use std::sync::Arc;

use codex_app_server_protocol::{Event, ServerNotification};
use serde_json::value::RawValue;

/// One notification.
#[derive(Clone, Debug)]
pub struct Notice {
    body: Body,
    place: Option<Place>,
}

/// Where a notification stands among those of its thread.
#[derive(Clone, Debug)]
pub(crate) struct Place {
    pub(crate) thread: String,
    pub(crate) cursor: String,
}

#[derive(Clone, Debug)]
enum Body {
    Shared(Arc<Event>),
    Known { body: Box<ServerNotification>, emitted_at_ms: Option<i64> },
    Unknown { method: String, params: Option<Box<RawValue>>, emitted_at_ms: Option<i64> },
}

impl Notice {
    pub(crate) fn shared(event: Arc<Event>) -> Self {
        Self { body: Body::Shared(event), place: None }
    }

    pub(crate) fn known(body: ServerNotification, emitted_at_ms: Option<i64>) -> Self {
        Self { body: Body::Known { body: Box::new(body), emitted_at_ms }, place: None }
    }

    pub(crate) fn unknown(method: String, params: Option<&RawValue>, emitted_at_ms: Option<i64>) -> Self {
        Self { body: Body::Unknown { method, params: params.map(ToOwned::to_owned), emitted_at_ms }, place: None }
    }

    pub(crate) fn at(self, place: Option<Place>) -> Self {
        Self { place, ..self }
    }

    pub(crate) fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// The `cursor` that says where it stands among those of its thread, from servers that number them so.
    #[must_use]
    pub fn cursor(&self) -> Option<&str> {
        self.place.as_ref().map(|place| place.cursor.as_str())
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

    /// The thread and the turn that it tells about; `None` for what names no turn.
    #[must_use]
    pub fn turn(&self) -> Option<(&str, &str)> {
        self.body()?.turn()
    }

    /// Whether it is the last of its turn.
    pub(crate) fn ends_turn(&self) -> bool {
        matches!(self.body(), Some(ServerNotification::TurnCompleted(_)))
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
