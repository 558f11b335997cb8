//! Environments: the places where commands of a thread run, either `local` (the server's own machine) or a remote
//! exec-server. Clients add remote ones, look at them, and choose them with `environments` of `thread/start`. The
//! methods are experimental.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::PathUri;

/// Params of `environment/add`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentAddParams {
    /// Id to give to the environment; not empty and not `local`.
    pub environment_id: String,
    /// WebSocket URL of the exec-server; not checked until the first connection.
    pub exec_server_url: String,
    /// Bearer token for every connection to the exec-server, a secret: never logged. Only with a URL that is encrypted
    /// or points to loopback. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth_bearer_token: Option<String>,
    /// Value of the `X-Request-ID` header that opens every WebSocket connection to it. Only with a URL that is
    /// encrypted or points to loopback. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub websocket_request_id: Option<String>,
    /// How long a connection attempt may take, in milliseconds. Absent or null: the server's default.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub connect_timeout_ms: Option<u64>,
    /// Skills that the environment must bring along, checked before the model is asked. Absent or null: none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub skills: Option<EnvironmentSkillsParams>,
}

/// Result of `environment/add`; it has no fields: the id is known now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnvironmentAddResponse {}

/// A thread's connection to an environment changed; the method says which way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentConnectionNotification {
    /// The thread that uses the environment.
    pub thread_id: String,
    /// The environment.
    pub environment_id: String,
}

/// Params of `environment/info`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentInfoParams {
    /// The environment to ask.
    pub environment_id: String,
}

/// Result of `environment/info`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnvironmentInfoResponse {
    /// Shell that commands run in.
    pub shell: EnvironmentShellInfo,
    /// Working directory that the environment starts from, as a `file:` URI; null when it names none.
    pub cwd: Option<PathUri>,
}

/// A shell of an environment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[schemars(extend("x-experimental" = true))]
pub struct EnvironmentShellInfo {
    /// Kind of shell: `bash`, `zsh`, `sh`, `powershell`, `cmd` and the like.
    pub name: String,
    /// Its executable: a path in the style of that machine, or a bare command.
    pub path: String,
}

/// What an environment must offer in skills.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnvironmentSkillsParams {
    /// Names that must be among the skills of the environment, letter for letter as in its catalogue. Absent or null:
    /// none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub required: Option<Vec<String>>,
}

/// State of an environment, as far as the server sees it without touching it; only an existing connection to an
/// exec-server is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
#[schemars(extend("x-experimental" = true))]
pub enum EnvironmentStatusKind {
    /// It is local, or its exec-server has just answered over the connection that was open already.
    Ready,
    /// Nothing failed, but there is no usable connection: it was never started, or still starts up.
    Pending,
    /// Connecting failed, the connection was lost, or the exec-server did not answer; `error` says which. Using the
    /// environment may still bring it back.
    Disconnected,
    /// The server has no environment of that id.
    Unknown,
}

/// Params of `environment/status`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct EnvironmentStatusParams {
    /// The environment to look at.
    pub environment_id: String,
}

/// Result of `environment/status`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct EnvironmentStatusResponse {
    /// Its state.
    pub status: EnvironmentStatusKind,
    /// What is wrong, for people; only with `disconnected` and `unknown`, otherwise left out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error: Option<String>,
}
