//! Notices that belong to no turn, and the method that tests the experimental gate.
//!
//! Nothing here changes the state of a thread.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::*;

/// `deprecationNotice`: the client or the configuration uses something that will go.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct DeprecationNoticeNotification {
    /// What it is, in one sentence.
    pub summary: String,
    /// What to use in its place; null when there is nothing to add.
    pub details: Option<String>,
}

/// `warning`: something the user should know; nothing has failed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct WarningNotification {
    /// The thread it is about; null when it is about none.
    pub thread_id: Option<String>,
    /// What to show.
    pub message: String,
}

/// `serverRequest/resolved`: an open request of the server needs no answer any more, from anyone.
///
/// Sent to all subscribers, whether one of them answered or the turn ended before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ServerRequestResolvedNotification {
    /// The thread the request was about.
    pub thread_id: String,
    /// Id of that request.
    pub request_id: RequestId,
}

/// Whether the server can be reached by remote control.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum RemoteControlConnectionStatus {
    /// Remote control is off.
    Disabled,
    /// The connection is being made.
    Connecting,
    /// It stands.
    Connected,
    /// It failed.
    Errored,
}

/// `remoteControl/status/changed`: sent after the handshake and whenever the status changes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemoteControlStatusChangedNotification {
    /// The status.
    pub status: RemoteControlConnectionStatus,
    /// Name of this machine for people.
    pub server_name: String,
    /// Id of the installation, a UUID kept over starts.
    pub installation_id: String,
    /// Id this server is known by to remote clients; null when it is not enrolled.
    pub environment_id: Option<String>,
}

/// Params of `mock/experimentalMethod`, which tests the experimental gate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MockExperimentalMethodParams {
    /// Any text; absent or null is allowed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

/// Result of `mock/experimentalMethod`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MockExperimentalMethodResponse {
    /// The text that was sent; null when none was.
    pub echoed: Option<String>,
}
