//! How a listener treats its clients.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use crate::{TransportSettings, WebSocketAuth};

/// How a listener treats its clients.
#[derive(Clone, Debug)]
pub struct ListenerSettings {
    /// What holds for each connection.
    pub transport: TransportSettings,
    /// So many connections may be open; 4096 by default.
    pub max_connections: usize,
    /// How long a handshake may take; 10 s by default.
    pub handshake_time: Duration,
    /// A client that has sent nothing for so long is pinged, and closed when it sends nothing for as long again; 30 s by
    /// default, none for never.
    pub ping_interval: Option<Duration>,
    /// What clients have to show. Without it a TCP listener takes only requests whose `Host` is an address or `localhost`, as a
    /// web page could otherwise reach it under a name of its own. A unix socket asks for neither: the permissions of its file
    /// decide.
    pub auth: Option<WebSocketAuth>,
    /// What is answered to plain requests, besides `/readyz` and `/healthz`.
    pub pages: Pages,
}

impl Default for ListenerSettings {
    fn default() -> Self {
        Self {
            transport: TransportSettings::default(),
            max_connections: 4096,
            handshake_time: Duration::from_secs(10),
            ping_interval: Some(Duration::from_secs(30)),
            auth: None,
            pages: Pages::default(),
        }
    }
}

/// An answer to a plain `GET`, with status 200.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// What the body is, such as `text/plain; charset=utf-8`.
    pub content_type: &'static str,
    /// The body.
    pub body: String,
}

/// Pages by their path, which has no query; none by default. Where clients need a token, whoever wants a page needs it too.
#[derive(Clone)]
pub struct Pages(Arc<Find>);

type Find = dyn Fn(&str) -> Option<Page> + Send + Sync;

impl Pages {
    /// The pages that `find` knows. It is called on the task of a handshake, and must not block.
    pub fn new(find: impl Fn(&str) -> Option<Page> + Send + Sync + 'static) -> Self {
        Self(Arc::new(find))
    }

    pub(super) fn find(&self, path: &str) -> Option<Page> {
        (self.0)(path)
    }
}

impl Default for Pages {
    fn default() -> Self {
        Self::new(|_| None)
    }
}

impl fmt::Debug for Pages {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pages")
    }
}
