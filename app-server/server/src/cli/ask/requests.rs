//! Requests for approval as choices of a person.

use codex_app_server_client::answer;
use codex_app_server_protocol::v2::{
    AdditionalFileSystemPermissions, AdditionalNetworkPermissions, CommandExecutionApprovalDecision as CommandDecision,
    CommandExecutionApprovalKind, CommandExecutionRequestApprovalParams, CommandExecutionRequestApprovalResponse,
    FileChangeApprovalDecision as FileDecision, FileChangeRequestApprovalParams, FileChangeRequestApprovalResponse,
    FileSystemAccessMode, FileSystemPath, FileSystemSpecialPath, GrantedPermissionProfile, NetworkApprovalProtocol,
    NetworkPolicyRuleAction, PermissionGrantScope, PermissionsRequestApprovalParams,
    PermissionsRequestApprovalResponse,
};
use codex_app_server_protocol::{RpcError, server_methods};

use super::dialogue::{Choice, Reply, Way};
use crate::cli::show::{script_of, visible};

/// May a command run, may something be typed into one, may a host be reached?
pub(super) fn command(params: &CommandExecutionRequestApprovalParams) -> Result<Choice, RpcError> {
    let script = params.command.as_deref().map(script_of).unwrap_or_default();
    let mut about = match (&params.network_approval_context, params.kind) {
        (Some(context), _) => {
            format!("May the network be reached: {} ({})?", visible(&context.host), protocol_name(context.protocol))
        }
        (None, CommandExecutionApprovalKind::Command) => "May this run?".to_owned(),
        (None, CommandExecutionApprovalKind::WriteStdin) => "May this be typed into a running command?".to_owned(),
        (None, CommandExecutionApprovalKind::HumanCommand) => {
            "May this run? Your administrator wants a person to decide each time.".to_owned()
        }
    };
    if !script.is_empty() {
        about += &format!("\n  $ {}", visible(&script).replace('\n', "\n    "));
    }
    if let Some(cwd) = &params.cwd {
        about += &format!("\n  in {}", visible(cwd.as_str()));
    }
    if let Some(permissions) = &params.additional_permissions {
        let wishes = wishes(permissions.network.as_ref(), permissions.file_system.as_ref());
        about += &format!("\n  beyond the sandbox: {}", wishes.join(", "));
    }
    about += &because(params.reason.as_deref());
    let short = match (&params.network_approval_context, script.lines().next()) {
        (Some(context), _) => format!("network access to {}", context.host),
        (None, Some(line)) => format!("$ {line}"),
        (None, None) => "a command".to_owned(),
    };
    let result = |decision: CommandDecision| {
        answer::<server_methods::ItemCommandExecutionRequestApproval>(&CommandExecutionRequestApprovalResponse {
            decision,
        })
    };
    let mut ways = vec![way("yes", "yes", result(CommandDecision::Accept))?];
    if params.kind != CommandExecutionApprovalKind::HumanCommand {
        let meaning = "yes, and do not ask again in this session";
        ways.push(way("always", meaning, result(CommandDecision::AcceptForSession))?);
        if let Some((decision, rule)) = lasting(params) {
            ways.push(way("permanently", &format!("yes, and from now on {rule}"), result(decision))?);
        }
    }
    ways.push(way("no", "no", result(CommandDecision::Decline))?);
    ways.push(way("cancel", "no, and end the turn", result(CommandDecision::Cancel))?);
    Ok(Choice {
        about,
        short: visible(&short),
        ways,
        accepted: result(CommandDecision::Accept)?,
        refused: result(CommandDecision::Decline)?,
    })
}

/// The decision that is kept beyond the session, where one is proposed, and what it means.
fn lasting(params: &CommandExecutionRequestApprovalParams) -> Option<(CommandDecision, String)> {
    if let Some(words) = params.proposed_execpolicy_amendment.as_ref().filter(|words| !words.is_empty()) {
        let is_offered = params.available_decisions.as_ref().is_none_or(|decisions| {
            let is_it =
                |decision: &CommandDecision| matches!(decision, CommandDecision::AcceptWithExecpolicyAmendment { .. });
            decisions.iter().any(is_it)
        });
        let rule = format!("for all commands that begin with `{}`", visible(&words.join(" ")));
        let decision = CommandDecision::AcceptWithExecpolicyAmendment { execpolicy_amendment: words.clone() };
        return is_offered.then_some((decision, rule));
    }
    let allowed = params.proposed_network_policy_amendments.as_ref()?.iter();
    let amendment = allowed.clone().find(|amendment| amendment.action == NetworkPolicyRuleAction::Allow)?;
    let rule = format!("for the host {}", visible(&amendment.host));
    Some((CommandDecision::ApplyNetworkPolicyAmendment { network_policy_amendment: amendment.clone() }, rule))
}

/// May the changes that were shown be made?
pub(super) fn file_change(params: &FileChangeRequestApprovalParams) -> Result<Choice, RpcError> {
    let mut about = "May these files be changed?".to_owned();
    if let Some(root) = &params.grant_root {
        about += &format!("\n  it also asks to write below {} from now on", visible(root));
    }
    about += &because(params.reason.as_deref());
    let result = |decision| {
        answer::<server_methods::ItemFileChangeRequestApproval>(&FileChangeRequestApprovalResponse { decision })
    };
    Ok(Choice {
        about,
        short: "changes of files".to_owned(),
        ways: vec![
            way("yes", "yes", result(FileDecision::Accept))?,
            way("always", "yes, and do not ask again for these files", result(FileDecision::AcceptForSession))?,
            way("no", "no", result(FileDecision::Decline))?,
            way("cancel", "no, and end the turn", result(FileDecision::Cancel))?,
        ],
        accepted: result(FileDecision::Accept)?,
        refused: result(FileDecision::Decline)?,
    })
}

/// May the model do more than the sandbox lets it?
pub(super) fn permissions(params: &PermissionsRequestApprovalParams) -> Result<Choice, RpcError> {
    let wanted = &params.permissions;
    let wishes = wishes(wanted.network.as_ref(), wanted.file_system.as_ref());
    let about = format!(
        "May the model have more permissions?\n  {}\n  in {}{}",
        wishes.join("\n  "),
        visible(params.cwd.as_str()),
        because(params.reason.as_deref())
    );
    let result = |permissions: GrantedPermissionProfile, scope| {
        answer::<server_methods::ItemPermissionsRequestApproval>(&PermissionsRequestApprovalResponse {
            permissions,
            scope,
            strict_auto_review: None,
        })
    };
    let all = || GrantedPermissionProfile { network: wanted.network.clone(), file_system: wanted.file_system.clone() };
    let none = GrantedPermissionProfile { network: None, file_system: None };
    let refused = result(none, PermissionGrantScope::Turn)?;
    Ok(Choice {
        about,
        short: format!("more permissions: {}", wishes.join(", ")),
        ways: vec![
            way("yes", "yes, for this turn", result(all(), PermissionGrantScope::Turn))?,
            way("always", "yes, for this session", result(all(), PermissionGrantScope::Session))?,
            way("no", "no", Ok(refused.clone()))?,
        ],
        accepted: result(all(), PermissionGrantScope::Turn)?,
        refused,
    })
}

fn way(word: &'static str, meaning: &str, result: Reply) -> Result<Way, RpcError> {
    Ok(Way { word, meaning: meaning.to_owned(), result: result? })
}

fn because(reason: Option<&str>) -> String {
    reason.map(|reason| format!("\n  because: {}", visible(reason))).unwrap_or_default()
}

/// Permissions in words, one entry each.
fn wishes(
    network: Option<&AdditionalNetworkPermissions>,
    files: Option<&AdditionalFileSystemPermissions>,
) -> Vec<String> {
    let mut wishes = Vec::new();
    if network.and_then(|network| network.enabled) == Some(true) {
        wishes.push("reach the network".to_owned());
    }
    let Some(files) = files else { return wishes };
    let paths = |paths: &Option<Vec<_>>, verb: &str| -> Vec<String> {
        let path = |path: &codex_app_server_protocol::LegacyAppPathString| format!("{verb} {}", visible(path.as_str()));
        paths.iter().flatten().map(path).collect()
    };
    wishes.extend(paths(&files.read, "read"));
    wishes.extend(paths(&files.write, "write"));
    for entry in files.entries.iter().flatten() {
        let verb = match entry.access {
            FileSystemAccessMode::Read => "read",
            FileSystemAccessMode::Write => "write",
            FileSystemAccessMode::Deny => "no longer read",
        };
        wishes.push(format!("{verb} {}", visible(&place(&entry.path))));
    }
    wishes
}

fn place(path: &FileSystemPath) -> String {
    let (name, below) = match path {
        FileSystemPath::Path { path } => return path.as_str().to_owned(),
        FileSystemPath::GlobPattern { pattern } => return pattern.clone(),
        FileSystemPath::Special { value } => match value {
            FileSystemSpecialPath::Root => ("everything", None),
            FileSystemSpecialPath::Minimal => ("what programs need to run", None),
            FileSystemSpecialPath::ProjectRoots { subpath } => ("the workspace", subpath.as_ref()),
            FileSystemSpecialPath::Tmpdir => ("the folder of TMPDIR", None),
            FileSystemSpecialPath::SlashTmp => ("/tmp", None),
            FileSystemSpecialPath::Unknown { path, subpath } => (path.as_str(), subpath.as_ref()),
        },
    };
    match below {
        Some(below) => format!("{name}, {below}"),
        None => name.to_owned(),
    }
}

fn protocol_name(protocol: NetworkApprovalProtocol) -> &'static str {
    match protocol {
        NetworkApprovalProtocol::Http => "http",
        NetworkApprovalProtocol::Https => "https",
        NetworkApprovalProtocol::Socks5Tcp => "tcp",
        NetworkApprovalProtocol::Socks5Udp => "udp",
    }
}
