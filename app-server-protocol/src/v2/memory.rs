//! Memories: what the server keeps from earlier threads for later ones, and whether a thread takes part. Needs the
//! feature `memories`, which is off by default; all methods here are experimental. `rollout/compress` is housekeeping
//! of stored threads.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Result of `memory/reset`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct MemoryResetResponse {}

/// Params of `memory/status`: what counts as enough.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemoryStatusParams {
    /// How many different threads must be consolidated, from 1 to 4096. Absent or null: 20.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_consolidated_threads: Option<u32>,
}

/// Result of `memory/status`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct MemoryStatusResponse {
    /// Number of different threads consolidated into memories of version 2.
    pub v2_consolidated_threads: u32,
    /// Whether memories of version 2 are ready for use.
    pub v2_ready: bool,
}

/// Result of `rollout/compress`; it has no fields. It says that the pass was asked for, not that it is done: where a
/// lock is held or the last pass is too recent, nothing happens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RolloutCompressResponse {}

/// Whether a thread takes part in memories.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-root" = true))]
pub enum ThreadMemoryMode {
    /// It takes part.
    Enabled,
    /// It does not.
    Disabled,
}

/// Params of `thread/memoryMode/set`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadMemoryModeSetParams {
    /// The thread to switch.
    pub thread_id: String,
    /// Whether it takes part from now on.
    pub mode: ThreadMemoryMode,
}

/// Result of `thread/memoryMode/set`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadMemoryModeSetResponse {}

/// Params of `thread/memory/read`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ThreadMemoryReadParams {
    /// The thread to read for; it must be loaded, by a start or a resume.
    pub thread_id: String,
}

/// Result of `thread/memory/read`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ThreadMemoryReadResponse {
    /// The summary in the version of the memories that the thread uses; null when the thread uses none, and when the
    /// summary is not there, blank or cannot be read.
    pub summary: Option<String>,
}
