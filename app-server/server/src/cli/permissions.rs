//! What `try` asks for about approvals and the sandbox, and how it shows what it got.

use std::collections::BTreeMap;
use std::path::Path;

use codex_app_server_protocol::v2::{AskForApproval, NetworkAccess, SandboxMode, SandboxPolicy};
use codex_utils_approval_presets::{PresetApproval, PresetSandbox};
use codex_utils_cli as cli;
use codex_utils_sandbox_summary::{self as summary, Surroundings, WritableRoot, summarize_sandbox};
use serde_json::{Value, json};

use super::args::Try;

/// What a thread's start says about approvals and the sandbox.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Permissions {
    pub(super) approval_policy: Option<AskForApproval>,
    pub(super) sandbox: Option<SandboxMode>,
    /// Keys of the configuration that a preset decides too.
    pub(super) config: Option<BTreeMap<String, Value>>,
}

/// What the flags say; what they leave open is for the configuration. In a fresh folder commands may write unless the flags
/// say otherwise: there is nothing to lose.
pub(super) fn chosen(args: &Try, in_fresh_folder: bool) -> Permissions {
    let Some(preset) = args.preset else {
        return Permissions {
            approval_policy: args.ask_for_approval.map(|mode| match mode {
                cli::ApprovalMode::OnRequest => AskForApproval::OnRequest,
                cli::ApprovalMode::Never => AskForApproval::Never,
            }),
            sandbox: match args.sandbox {
                Some(cli::SandboxMode::ReadOnly) => Some(SandboxMode::ReadOnly),
                Some(cli::SandboxMode::WorkspaceWrite) => Some(SandboxMode::WorkspaceWrite),
                Some(cli::SandboxMode::DangerFullAccess) => Some(SandboxMode::DangerFullAccess),
                None => in_fresh_folder.then_some(SandboxMode::WorkspaceWrite),
            },
            config: None,
        };
    };
    let approval_policy = match preset.approval {
        PresetApproval::OnRequest => AskForApproval::OnRequest,
        PresetApproval::Never => AskForApproval::Never,
    };
    let (sandbox, config) = match preset.sandbox {
        PresetSandbox::ReadOnly { .. } => (SandboxMode::ReadOnly, None),
        // The mode takes its network from the configuration, a preset from its own.
        PresetSandbox::WorkspaceWrite { network_access } => {
            let config = BTreeMap::from([("sandbox_workspace_write.network_access".to_owned(), json!(network_access))]);
            (SandboxMode::WorkspaceWrite, Some(config))
        }
        PresetSandbox::Disabled => (SandboxMode::DangerFullAccess, None),
    };
    Permissions { approval_policy: Some(approval_policy), sandbox: Some(sandbox), config }
}

/// The wire's word for when the user is asked.
pub(super) fn approval_word(policy: &AskForApproval) -> &'static str {
    match policy {
        AskForApproval::Untrusted => "untrusted",
        AskForApproval::OnRequest => "on-request",
        AskForApproval::Granular { .. } => "granular",
        AskForApproval::Never => "never",
    }
}

/// A line about what commands may touch.
pub(super) fn sandbox_line(policy: &SandboxPolicy, cwd: &Path, tmpdir: Option<&Path>) -> String {
    let mut roots = vec![WritableRoot::WorkingFolder];
    let policy = match policy {
        SandboxPolicy::DangerFullAccess => summary::SandboxPolicy::Disabled,
        SandboxPolicy::ReadOnly { network_access } => {
            summary::SandboxPolicy::ReadOnly { network_access: *network_access }
        }
        SandboxPolicy::ExternalSandbox { network_access } => {
            summary::SandboxPolicy::External { network_access: *network_access == NetworkAccess::Enabled }
        }
        SandboxPolicy::WorkspaceWrite { writable_roots, network_access, exclude_tmpdir_env_var, exclude_slash_tmp } => {
            roots.extend((!exclude_slash_tmp).then_some(WritableRoot::SlashTmp));
            roots.extend((!exclude_tmpdir_env_var).then_some(WritableRoot::Tmpdir));
            roots.extend(writable_roots.iter().map(|root| WritableRoot::Path(Path::new(root.as_str()))));
            summary::SandboxPolicy::WorkspaceWrite { writable_roots: &roots, network_access: *network_access }
        }
    };
    summarize_sandbox(&policy, &Surroundings { cwd, tmpdir })
}

#[cfg(test)]
mod tests {
    use super::*;
    use codex_app_server_protocol::AbsolutePathBuf;

    fn line(policy: &SandboxPolicy) -> String {
        sandbox_line(policy, Path::new("/here"), Some(Path::new("/var/tmp")))
    }

    #[test]
    fn every_policy_has_its_line() {
        for (policy, expected) in [
            (SandboxPolicy::DangerFullAccess, "danger-full-access"),
            (SandboxPolicy::ReadOnly { network_access: true }, "read-only (network access enabled)"),
            (SandboxPolicy::ExternalSandbox { network_access: NetworkAccess::Restricted }, "external-sandbox"),
            (
                SandboxPolicy::ExternalSandbox { network_access: NetworkAccess::Enabled },
                "external-sandbox (network access enabled)",
            ),
        ] {
            assert_eq!(line(&policy), expected);
        }
        let writing = |exclude: bool| SandboxPolicy::WorkspaceWrite {
            writable_roots: ["/var/tmp", "/data"].iter().filter_map(AbsolutePathBuf::new).collect(),
            network_access: exclude,
            exclude_tmpdir_env_var: exclude,
            exclude_slash_tmp: exclude,
        };
        assert_eq!(line(&writing(false)), "workspace-write [workdir, /tmp, $TMPDIR, /data]");
        assert_eq!(line(&writing(true)), "workspace-write [workdir, $TMPDIR, /data] (network access enabled)");
    }
}
