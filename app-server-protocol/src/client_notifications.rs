//! Every notification that a client may send.

use serde::{Deserialize, Serialize};

use crate::{BASELINE_VERSION, Direction, MethodRow, NoParams, Stability, declare};

/// A notification of a client.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "method")]
pub enum ClientNotification {
    /// The client has read the answer to `initialize`. Clients may leave it out.
    #[serde(rename = "initialized")]
    Initialized,
}

impl ClientNotification {
    /// Every notification that a client may send.
    pub const ROWS: &'static [MethodRow] = &[MethodRow {
        name: "initialized",
        direction: Direction::ClientNotification,
        stability: Stability::Stable,
        docs: &[" The client has read the answer to `initialize`. Clients may leave it out."],
        since: BASELINE_VERSION,
        scope: "",
        planned: false,
        partly: "",
        causes: &[],
        runs_turn: false,
        of_turn: false,
        fails: &[],
        schemas: declare::schemas_of!(NoParams, NoParams),
    }];

    /// The name on the wire.
    #[must_use]
    pub fn method(self) -> &'static str {
        match self {
            Self::Initialized => "initialized",
        }
    }
}
