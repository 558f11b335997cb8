//! Remote control: other devices reach this server through the ChatGPT backend after pairing. It is off by default and
//! needs a ChatGPT login; nearly all refusals are -32600. All requests are experimental; the status is also told by
//! `remoteControl/status/changed`.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::v2::RemoteControlConnectionStatus;

/// A device paired for remote control.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub struct RemoteControlClient {
    /// Its id, for `remoteControl/client/revoke`.
    pub client_id: String,
    /// Its name, for people; null when unknown.
    pub display_name: Option<String>,
    /// Kind of device; null when unknown.
    pub device_type: Option<String>,
    /// Its platform; null when unknown.
    pub platform: Option<String>,
    /// Version of its operating system; null when unknown.
    pub os_version: Option<String>,
    /// Model of the device; null when unknown.
    pub device_model: Option<String>,
    /// Version of the app on it; null when unknown.
    pub app_version: Option<String>,
    /// When it was last seen, as a Unix time; null when unknown.
    pub last_seen_at: Option<i64>,
}

/// Direction of a list of devices.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub enum RemoteControlClientsListOrder {
    /// Ascending.
    Asc,
    /// Descending.
    Desc,
}

/// Params of `remoteControl/client/list`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemoteControlClientsListParams {
    /// The environment whose devices to list, as the status names it.
    pub environment_id: String,
    /// Where to go on: `nextCursor` of the page before; absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Devices per page; absent or null: left to the backend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
    /// Direction of the list; absent or null: left to the backend.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<RemoteControlClientsListOrder>,
}

/// Result of `remoteControl/client/list`: one page.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemoteControlClientsListResponse {
    /// The devices.
    pub data: Vec<RemoteControlClient>,
    /// Where the next page starts; null on the last one.
    pub next_cursor: Option<String>,
}

/// Params of `remoteControl/client/revoke`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemoteControlClientsRevokeParams {
    /// The environment the device is paired with.
    pub environment_id: String,
    /// The device to shut out.
    pub client_id: String,
}

/// Result of `remoteControl/client/revoke`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RemoteControlClientsRevokeResponse {}

/// Params of `remoteControl/disable`; null or absent acts like an object without fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RemoteControlDisableParams {
    /// Turns it off without storing that as the preference. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub ephemeral: bool,
}

/// Result of `remoteControl/disable`: the status afterwards.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemoteControlDisableResponse {
    /// The status now.
    pub status: RemoteControlConnectionStatus,
    /// Name of this machine for people, its host name.
    pub server_name: String,
    /// Id of the installation, a UUID kept over starts.
    pub installation_id: String,
    /// Id by which remote clients know this server; null when not enrolled.
    pub environment_id: Option<String>,
}

/// Params of `remoteControl/enable`; null or absent acts like an object without fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RemoteControlEnableParams {
    /// Turns it on without storing that as the preference. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub ephemeral: bool,
}

/// Result of `remoteControl/enable`: the status afterwards, which may still be `connecting`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemoteControlEnableResponse {
    /// The status now.
    pub status: RemoteControlConnectionStatus,
    /// Name of this machine for people, its host name.
    pub server_name: String,
    /// Id of the installation, a UUID kept over starts.
    pub installation_id: String,
    /// Id by which remote clients know this server; null when not enrolled.
    pub environment_id: Option<String>,
}

/// Params of `remoteControl/pairing/start`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemoteControlPairingStartParams {
    /// Asks for a code to type in as well. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub manual_code: bool,
}

/// Result of `remoteControl/pairing/start`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemoteControlPairingStartResponse {
    /// The pairing code to hand to the other device; a secret: never logged.
    pub pairing_code: String,
    /// The code to type in by hand; null when there is none. A secret: never logged.
    pub manual_pairing_code: Option<String>,
    /// The environment the device will be paired with.
    pub environment_id: String,
    /// When the pairing ends unclaimed, as a Unix time.
    pub expires_at: i64,
}

/// Params of `remoteControl/pairing/status`; a code of either kind is needed.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemoteControlPairingStatusParams {
    /// Code of the pairing to ask about; absent or null when asking by `manualPairingCode`. A secret: never logged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub pairing_code: Option<String>,
    /// Typed code of the pairing to ask about; absent or null when asking by `pairingCode`. A secret: never logged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub manual_pairing_code: Option<String>,
}

/// Result of `remoteControl/pairing/status`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RemoteControlPairingStatusResponse {
    /// Whether a device has used the code.
    pub claimed: bool,
}

/// Result of `remoteControl/status/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct RemoteControlStatusReadResponse {
    /// The status now.
    pub status: RemoteControlConnectionStatus,
    /// Name of this machine for people, its host name.
    pub server_name: String,
    /// Id of the installation, a UUID kept over starts.
    pub installation_id: String,
    /// Id by which remote clients know this server; null when not enrolled.
    pub environment_id: Option<String>,
}
