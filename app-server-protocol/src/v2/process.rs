//! Processes that a client runs on the server's host without any sandbox, outside of threads and turns. A process
//! belongs to the connection that spawned it and is killed when that connection ends. The client names it by a handle;
//! output and exit arrive as notifications.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::AbsolutePathBuf;

/// `process/exited`: how a process ended and what it wrote.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessExitedNotification {
    /// Handle of the process, as the client chose it in `process/spawn`.
    pub process_handle: String,
    /// Its exit code; usually 137 after `process/kill`.
    pub exit_code: i32,
    /// True when the wait for output after the exit ran out with neither the end nor the cap of a stream reached, so
    /// output may be missing; absent from older servers.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_drain_timed_out: Option<bool>,
    /// What was captured of stdout; empty when it was streamed.
    pub stdout: String,
    /// Whether stdout hit `outputBytesCap`; with streaming the last stdout delta says so too.
    pub stdout_cap_reached: bool,
    /// What was captured of stderr; empty when it was streamed.
    pub stderr: String,
    /// Whether stderr hit `outputBytesCap`; with streaming the last stderr delta says so too.
    pub stderr_cap_reached: bool,
}

/// Params of `process/kill`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessKillParams {
    /// Handle of the process to kill; refused when none runs under it on this connection.
    pub process_handle: String,
}

/// Result of `process/kill`; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProcessKillResponse {}

/// `process/outputDelta`: a piece of streamed output.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessOutputDeltaNotification {
    /// Handle of the process that wrote it.
    pub process_handle: String,
    /// Where it was written to.
    pub stream: ProcessOutputStream,
    /// The bytes, in Base64.
    pub delta_base64: String,
    /// True on the last piece of a stream that `outputBytesCap` cut short.
    pub cap_reached: bool,
}

/// Which output of a process is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum ProcessOutputStream {
    /// Standard output; with a terminal everything it shows.
    Stdout,
    /// Standard error.
    Stderr,
}

/// Params of `process/resizePty`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessResizePtyParams {
    /// Handle of a running process that was spawned with `tty`.
    pub process_handle: String,
    /// The new size.
    pub size: ProcessTerminalSize,
}

/// Result of `process/resizePty`; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProcessResizePtyResponse {}

/// Params of `process/spawn`: what to run, on the server's host and without a sandbox.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessSpawnParams {
    /// Program and arguments, not read by a shell; an empty list is refused.
    pub command: Vec<String>,
    /// Name for the process, chosen by the client and valid on its connection; not empty. Refused while another one
    /// runs under it, free again after the exit.
    pub process_handle: String,
    /// Working directory; absolute.
    pub cwd: AbsolutePathBuf,
    /// Attaches it to a terminal; turns on `streamStdin` and `streamStdoutStderr` as well. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub tty: bool,
    /// Keeps stdin open for `process/writeStdin`. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub stream_stdin: bool,
    /// Sends output as `process/outputDelta` while it comes, and then not again in `process/exited`. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub stream_stdout_stderr: bool,
    /// Most bytes to take from each of stdout and stderr; null: no cap, absent: the server's default.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub output_bytes_cap: Option<Option<usize>>,
    /// How long it may run, in milliseconds; null: no limit, absent: the server's default.
    #[serde(
        default,
        deserialize_with = "crate::double_option::deserialize",
        serialize_with = "crate::double_option::serialize",
        skip_serializing_if = "Option::is_none"
    )]
    pub timeout_ms: Option<Option<i64>>,
    /// Variables to set on top of the server's own environment; a null value removes one. Absent or null: no changes.
    /// Values may be secrets: never logged.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub env: Option<BTreeMap<String, Option<String>>>,
    /// Size of the terminal at the start; allowed only together with `tty`. Absent or null: the server's choice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<ProcessTerminalSize>,
}

/// Result of `process/spawn`; it has no fields: an answer means that the process runs.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProcessSpawnResponse {}

/// Size of a terminal, in character cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProcessTerminalSize {
    /// Its height, in cells.
    pub rows: u16,
    /// Its width, in cells.
    pub cols: u16,
}

/// Params of `process/writeStdin`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ProcessWriteStdinParams {
    /// Handle of a running process that was spawned with `streamStdin` or `tty`.
    pub process_handle: String,
    /// Bytes to write, in Base64; absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delta_base64: Option<String>,
    /// Closes stdin, after the bytes if there are any. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub close_stdin: bool,
}

/// Result of `process/writeStdin`; it has no fields.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ProcessWriteStdinResponse {}
