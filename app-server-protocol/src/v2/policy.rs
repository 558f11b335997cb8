//! What may be done without asking, who is asked, and what a sandbox allows.
//!
//! Two questions that are kept apart: the approval policy says when to ask, the sandbox says what happens without asking.

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de};

use crate::scalars::*;

/// When the user is asked before something is done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum AskForApproval {
    /// Before every command, reading ones included. As a request's field only; a configuration file with it is refused.
    Untrusted,
    /// When the model asks to leave the sandbox, and before commands that are known to be dangerous.
    OnRequest,
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
    /// Not at all; what would need consent is refused.
    Never,
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
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
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

impl<'de> Deserialize<'de> for SandboxPolicy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        SandboxPolicyDeserialize::deserialize(deserializer)?.current().map_err(de::Error::custom)
    }
}

/// A policy as clients of any age send it: old ones could also narrow what may be read. The name and the texts are those
/// that the reference answers with.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
enum SandboxPolicyDeserialize {
    DangerFullAccess,
    ReadOnly {
        #[serde(default)]
        network_access: bool,
        #[serde(default)]
        access: Option<LegacyReadOnlyAccess>,
    },
    ExternalSandbox {
        #[serde(default)]
        network_access: NetworkAccess,
    },
    WorkspaceWrite {
        #[serde(default)]
        writable_roots: Vec<AbsolutePathBuf>,
        #[serde(default)]
        read_only_access: Option<LegacyReadOnlyAccess>,
        #[serde(default)]
        network_access: bool,
        #[serde(default)]
        exclude_tmpdir_env_var: bool,
        #[serde(default)]
        exclude_slash_tmp: bool,
    },
}

#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "camelCase")]
enum LegacyReadOnlyAccess {
    FullAccess,
    Restricted,
}

impl SandboxPolicyDeserialize {
    /// The policy, unless it narrows reading.
    fn current(self) -> Result<SandboxPolicy, &'static str> {
        match self {
            Self::DangerFullAccess => Ok(SandboxPolicy::DangerFullAccess),
            Self::ReadOnly { access: Some(LegacyReadOnlyAccess::Restricted), .. } => {
                Err("readOnly.access is no longer supported; use permissionProfile for restricted reads")
            }
            Self::ReadOnly { network_access, .. } => Ok(SandboxPolicy::ReadOnly { network_access }),
            Self::ExternalSandbox { network_access } => Ok(SandboxPolicy::ExternalSandbox { network_access }),
            Self::WorkspaceWrite { read_only_access: Some(LegacyReadOnlyAccess::Restricted), .. } => {
                Err("workspaceWrite.readOnlyAccess is no longer supported; use permissionProfile for restricted reads")
            }
            Self::WorkspaceWrite {
                writable_roots, network_access, exclude_tmpdir_env_var, exclude_slash_tmp, ..
            } => Ok(SandboxPolicy::WorkspaceWrite {
                writable_roots,
                network_access,
                exclude_tmpdir_env_var,
                exclude_slash_tmp,
            }),
        }
    }
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

#[cfg(test)]
mod tests {
    use serde_json::{Value, from_value, json};

    use super::*;

    fn refusal(policy: Value) -> String {
        from_value::<SandboxPolicy>(policy).unwrap_err().to_string()
    }

    #[test]
    fn policies_of_old_clients_are_read_unless_they_narrow_reading() {
        let read_only = SandboxPolicy::ReadOnly { network_access: true };
        for access in [json!(null), json!({ "type": "fullAccess", "x": 1 }), json!(["fullAccess"])] {
            let policy = json!({ "type": "readOnly", "networkAccess": true, "access": access });
            assert_eq!(from_value::<SandboxPolicy>(policy).unwrap(), read_only);
        }
        assert_eq!(from_value::<SandboxPolicy>(json!(["readOnly", true])).unwrap(), read_only);
        let restricted = json!({ "type": "restricted" });
        assert_eq!(
            refusal(json!({ "type": "readOnly", "access": restricted })),
            "readOnly.access is no longer supported; use permissionProfile for restricted reads"
        );
        assert_eq!(
            refusal(json!({ "type": "workspaceWrite", "readOnlyAccess": restricted })),
            "workspaceWrite.readOnlyAccess is no longer supported; use permissionProfile for restricted reads"
        );
    }

    #[test]
    fn refusals_are_the_ones_of_the_reference() {
        let text = "invalid type: string \"x\", expected internally tagged enum SandboxPolicyDeserialize";
        assert_eq!(refusal(json!("x")), text);
        let text = "invalid type: string \"x\", expected internally tagged enum LegacyReadOnlyAccess";
        assert_eq!(refusal(json!({ "type": "readOnly", "access": "x" })), text);
        let text = from_value::<AskForApproval>("x".into()).unwrap_err().to_string();
        assert_eq!(text, "unknown variant `x`, expected one of `untrusted`, `on-request`, `granular`, `never`");
    }
}
