//! What may be done without asking, who is asked, and what a sandbox allows.
//!
//! Two questions that are kept apart: the approval policy says when to ask, the sandbox says what happens without asking.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::scalars::*;

/// When the user is asked before something is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AskForApproval {
    /// Before every command, reading ones included. As a request's field only; a configuration file with it is refused.
    Untrusted,
    /// When the model asks to leave the sandbox, and before commands that are known to be dangerous.
    OnRequest,
    /// Not at all; what would need consent is refused.
    Never,
    /// Kind by kind: true asks, false refuses without asking.
    #[schemars(extend("x-gated" = true))]
    Granular {
        /// Leaving the sandbox.
        sandbox_approval: bool,
        /// Commands for which a rule says to ask.
        rules: bool,
        /// Running scripts of skills. Default false.
        #[serde(default)]
        skill_approval: bool,
        /// The model asking for more permissions. Default false.
        #[serde(default)]
        request_permissions: bool,
        /// Questions of MCP servers.
        mcp_elicitations: bool,
    },
}

/// Who answers approvals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ApprovalsReviewer {
    /// The user, through the client. The default.
    User,
    /// A second model, which weighs the risk and then grants or refuses.
    AutoReview,
    /// Older name of `auto_review`; accepted, and shown as that one in the configuration.
    GuardianSubagent,
}

/// The sandbox by name, as requests and the configuration choose it. `SandboxPolicy` is the form with details.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum SandboxMode {
    /// Everything may be read, nothing written, no network.
    ReadOnly,
    /// As `read-only`, and the workspace and folders for temporary files may be written.
    WorkspaceWrite,
    /// No sandbox.
    DangerFullAccess,
}

/// What commands may do, with details.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum SandboxPolicy {
    /// Everything; there is no sandbox.
    DangerFullAccess,
    /// Read everything, write nothing.
    ReadOnly {
        /// Whether the network may be reached. Default false.
        #[serde(default)]
        network_access: bool,
    },
    /// Everything, because the server itself already runs in a sandbox.
    ExternalSandbox {
        /// What the surrounding sandbox lets through, for the model to know. Default `restricted`.
        #[serde(default)]
        network_access: NetworkAccess,
    },
    /// Read everything; write the working directory, `/tmp`, `$TMPDIR` and the roots named here.
    ///
    /// `.git`, `.codex`, `.agents` and `.aws` right below a writable root stay read-only.
    WorkspaceWrite {
        /// Further folders that may be written. Default none.
        #[serde(default)]
        writable_roots: Vec<AbsolutePathBuf>,
        /// Whether the network may be reached. Default false.
        #[serde(default)]
        network_access: bool,
        /// Whether the folder named by `TMPDIR` stays read-only. Default false.
        #[serde(default)]
        exclude_tmpdir_env_var: bool,
        /// Whether `/tmp` stays read-only. Default false.
        #[serde(default)]
        exclude_slash_tmp: bool,
    },
}

/// Network inside a sandbox that is not the server's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub enum NetworkAccess {
    /// None, or only in part.
    #[default]
    Restricted,
    /// It can be reached.
    Enabled,
}

/// The permission profile that the current sandbox was made from.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "camelCase")]
pub struct ActivePermissionProfile {
    /// `:read-only`, `:workspace`, `:danger-full-access`, or the name of a profile in the configuration.
    pub id: String,
    /// The profile it builds on; null when it builds on none.
    #[serde(default)]
    pub extends: Option<String>,
}
