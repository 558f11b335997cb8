//! Commands that a client runs itself, in the server's sandbox, without a thread. A command belongs to its connection:
//! it is addressed there by its `processId`, its output goes only there, and it is killed when the connection ends.
//! `process/spawn` is the form without a sandbox.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::PathText;
use crate::v2::SandboxPolicy;

/// Params of `command/exec/outputDelta`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommandExecOutputDeltaNotification {
    /// The command, by the id that the client chose.
    pub process_id: String,
    /// Where it was printed.
    pub stream: CommandExecOutputStream,
    /// The bytes, in base64; they may end in the middle of a character.
    pub delta_base64: String,
    /// Whether the output cap was hit: this is the stream's last delta and what follows is dropped.
    pub cap_reached: bool,
}

/// An output stream of a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum CommandExecOutputStream {
    /// Standard output; on a terminal, everything.
    Stdout,
    /// Standard error; not used on a terminal.
    Stderr,
}

/// Params of `command/exec`: the command, how to run it, and how to get at its input and output.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommandExecParams {
    /// Program and arguments, not passed through a shell; must not be empty.
    pub command: Vec<String>,
    /// Name for the command, chosen by the client and valid on its connection. Needed with `tty`, `streamStdin` and
    /// `streamStdoutStderr`, and to write, resize or terminate. Absent: it cannot be addressed.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub process_id: Option<String>,
    /// Whether it runs on a terminal of its own, which turns on `streamStdin` and `streamStdoutStderr`. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub tty: bool,
    /// Whether `command/exec/write` may feed its input; needs `processId`. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub stream_stdin: bool,
    /// Whether output comes as `command/exec/outputDelta` instead of in the result; needs `processId`. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub stream_stdout_stderr: bool,
    /// Most bytes kept of each stream; the rest is dropped. Absent or null: 1048576. Not together with
    /// `disableOutputCap`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub output_bytes_cap: Option<usize>,
    /// Whether to keep all output, whatever its length. Default false. Not together with `outputBytesCap`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub disable_output_cap: bool,
    /// Whether it may run for as long as it likes. Default false. Not together with `timeoutMs`.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub disable_timeout: bool,
    /// Milliseconds after which it is killed, not negative. Absent or null: 10000. Not together with `disableTimeout`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub timeout_ms: Option<i64>,
    /// Directory to run in, relative to that of the server; absent or null: the server's own.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cwd: Option<PathText>,
    /// Variables to set on top of the server's environment; a name with null removes that variable.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub env: Option<BTreeMap<String, Option<String>>>,
    /// Size of the terminal at the start; allowed with `tty` only.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub size: Option<CommandExecTerminalSize>,
    /// The sandbox to run it in. Absent or null: that of the configuration. Not together with `permissionProfile`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sandbox_policy: Option<SandboxPolicy>,
    /// Id of the permission profile to run it under. Absent or null: what the configuration says. Not together with
    /// `sandboxPolicy`.
    #[schemars(extend("x-experimental" = true))]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub permission_profile: Option<String>,
}

/// Params of `command/exec/resize`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommandExecResizeParams {
    /// The command, by the id that the client chose.
    pub process_id: String,
    /// The new size.
    pub size: CommandExecTerminalSize,
}

/// Result of `command/exec/resize`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommandExecResizeResponse {}

/// Result of `command/exec`, once the command has exited.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommandExecResponse {
    /// Its exit code; 124 after a timeout.
    pub exit_code: i32,
    /// What it printed to standard output, up to the cap; empty when streamed.
    pub stdout: String,
    /// What it printed to standard error, up to the cap; empty when streamed.
    pub stderr: String,
}

/// Size of a terminal in character cells.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommandExecTerminalSize {
    /// Height in cells, 1 to 65535.
    pub rows: u16,
    /// Width in cells, 1 to 65535.
    pub cols: u16,
}

/// Params of `command/exec/terminate`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommandExecTerminateParams {
    /// The command, by the id that the client chose.
    pub process_id: String,
}

/// Result of `command/exec/terminate`; it has no fields: an answer means that the command is being ended.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommandExecTerminateResponse {}

/// Params of `command/exec/write`; at least one of `deltaBase64` and `closeStdin` must be given.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct CommandExecWriteParams {
    /// The command, by the id that the client chose.
    pub process_id: String,
    /// Bytes to write, in base64; absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub delta_base64: Option<String>,
    /// Whether to close its input, after the bytes are written. Default false.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub close_stdin: bool,
}

/// Result of `command/exec/write`; it has no fields: an answer means that it was done.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct CommandExecWriteResponse {}
