//! Commands of a thread that go on running in the background: listing them, stopping one, stopping all. The whole
//! domain is experimental.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::LegacyAppPathString;

/// A command that the model started and that still runs in the background.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub struct ThreadBackgroundTerminal {
    /// The `commandExecution` item that started it.
    pub item_id: String,
    /// Id of the process within the server, for `thread/backgroundTerminals/terminate`; not the one of the system.
    pub process_id: String,
    /// The command line.
    pub command: String,
    /// Working directory it runs in.
    pub cwd: LegacyAppPathString,
    /// Process id given by the operating system; null when unknown.
    pub os_pid: Option<u32>,
    /// CPU use in percent; null when unknown.
    pub cpu_percent: Option<f64>,
    /// Resident memory in kilobytes; null when unknown.
    pub rss_kb: Option<u64>,
}

/// Params of `thread/backgroundTerminals/clean`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadBackgroundTerminalsCleanParams {
    /// The thread whose terminals to stop.
    pub thread_id: String,
}

/// Result of `thread/backgroundTerminals/clean`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadBackgroundTerminalsCleanResponse {}

/// Params of `thread/backgroundTerminals/list`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadBackgroundTerminalsListParams {
    /// The thread whose terminals are wanted.
    pub thread_id: String,
    /// Where to go on: `nextCursor` of the page before; absent or null: from the start.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cursor: Option<String>,
    /// Terminals per page; absent or null: as many as the server likes.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub limit: Option<u32>,
}

/// Result of `thread/backgroundTerminals/list`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadBackgroundTerminalsListResponse {
    /// The terminals of this page.
    pub data: Vec<ThreadBackgroundTerminal>,
    /// Where the next page begins; null on the last one.
    pub next_cursor: Option<String>,
}

/// Params of `thread/backgroundTerminals/terminate`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadBackgroundTerminalsTerminateParams {
    /// The thread that the terminal belongs to.
    pub thread_id: String,
    /// The terminal to stop: `processId` of an entry of the list.
    pub process_id: String,
}

/// Result of `thread/backgroundTerminals/terminate`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadBackgroundTerminalsTerminateResponse {
    /// Whether a terminal was stopped.
    pub terminated: bool,
}
