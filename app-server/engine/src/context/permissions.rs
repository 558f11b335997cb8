//! What a thread's commands may touch, in the three spellings there are: the rollout's JSON, the XML of the environment
//! context, and words for the model.

use codex_app_server_protocol::v2::{AskForApproval, NetworkAccess, SandboxPolicy};
use codex_sandbox::PROTECTED_NAMES;
use serde_json::{Value, json};

use crate::settings::Settings;

/// One rule about the file system.
struct Entry {
    place: Place,
    write: bool,
    /// Whether the rule falls away when the path does not exist.
    skip_missing: bool,
}

enum Place {
    Special(&'static str),
    Path(String),
}

fn entries(settings: &Settings) -> Option<Vec<Entry>> {
    let special = |name, write| Entry { place: Place::Special(name), write, skip_missing: false };
    let mut entries = vec![special("root", false)];
    let SandboxPolicy::WorkspaceWrite { writable_roots, exclude_slash_tmp, exclude_tmpdir_env_var, .. } =
        &settings.sandbox_policy
    else {
        return matches!(settings.sandbox_policy, SandboxPolicy::ReadOnly { .. }).then_some(entries);
    };
    let path = |path: String, write| Entry { place: Place::Path(path), write, skip_missing: !write };
    let own: Vec<&str> = settings.workspace_roots.iter().map(|root| root.as_str()).collect();
    let further: Vec<&str> =
        writable_roots.iter().map(|root| root.as_str()).filter(|root| !own.contains(root)).collect();
    entries.extend(own.iter().map(|root| path((*root).to_owned(), true)));
    if !exclude_slash_tmp {
        entries.push(special("slash_tmp", true));
    }
    if !exclude_tmpdir_env_var {
        entries.push(special("tmpdir", true));
    }
    entries.extend(further.iter().map(|root| path((*root).to_owned(), true)));
    for root in own.into_iter().chain(further) {
        entries.extend(PROTECTED_NAMES.map(|name| path(format!("{}/{name}", root.trim_end_matches('/')), false)));
    }
    Some(entries)
}

fn network(settings: &Settings) -> &'static str {
    let enabled = match &settings.sandbox_policy {
        SandboxPolicy::DangerFullAccess => true,
        SandboxPolicy::ReadOnly { network_access } | SandboxPolicy::WorkspaceWrite { network_access, .. } => {
            *network_access
        }
        SandboxPolicy::ExternalSandbox { network_access } => *network_access == NetworkAccess::Enabled,
    };
    if enabled { "enabled" } else { "restricted" }
}

/// The permissions as the lines of a rollout spell them.
pub(crate) fn profile(settings: &Settings) -> Value {
    match (&settings.sandbox_policy, entries(settings)) {
        (_, Some(entries)) => json!({
            "type": "managed",
            "file_system": { "type": "restricted", "entries": lines(&entries) },
            "network": network(settings),
        }),
        (SandboxPolicy::ExternalSandbox { .. }, None) => json!({ "type": "external", "network": network(settings) }),
        (_, None) => json!({ "type": "disabled" }),
    }
}

/// The file rules of a sandbox that can write.
pub(crate) fn file_system_policy(settings: &Settings) -> Option<Value> {
    let writes = matches!(settings.sandbox_policy, SandboxPolicy::WorkspaceWrite { .. });
    let entries = entries(settings).filter(|_| writes)?;
    Some(json!({ "kind": "restricted", "entries": lines(&entries) }))
}

fn lines(entries: &[Entry]) -> Vec<Value> {
    entries
        .iter()
        .map(|entry| {
            let path = match &entry.place {
                Place::Special(name) => json!({ "type": "special", "value": { "kind": name } }),
                Place::Path(path) => json!({ "type": "path", "path": path }),
            };
            let mut line = json!({ "path": path, "access": access(entry) });
            if let (true, Some(line)) = (entry.skip_missing, line.as_object_mut()) {
                line.insert("missing_path_behavior".to_owned(), json!("skip"));
            }
            line
        })
        .collect()
}

fn access(entry: &Entry) -> &'static str {
    if entry.write { "write" } else { "read" }
}

/// The `<filesystem>` element of the environment context.
pub(crate) fn filesystem(settings: &Settings) -> String {
    let mut xml = String::from("<filesystem><workspace_roots>");
    for root in &settings.workspace_roots {
        xml.push_str(&format!("<root>{}</root>", escape(root.as_str())));
    }
    xml.push_str("</workspace_roots>");
    match (&settings.sandbox_policy, entries(settings)) {
        (_, Some(entries)) => {
            xml.push_str(r#"<permission_profile type="managed"><file_system type="restricted">"#);
            for entry in &entries {
                let place = match &entry.place {
                    Place::Special(name) => format!("<special>:{name}</special>"),
                    Place::Path(path) => format!("<path>{}</path>", escape(path)),
                };
                xml.push_str(&format!(r#"<entry access="{}">{place}</entry>"#, access(entry)));
            }
            xml.push_str("</file_system></permission_profile>");
        }
        (SandboxPolicy::ExternalSandbox { .. }, None) => {
            xml.push_str(r#"<permission_profile type="external"><file_system type="external" /></permission_profile>"#);
        }
        (_, None) => {
            xml.push_str(
                r#"<permission_profile type="disabled"><file_system type="unrestricted" /></permission_profile>"#,
            );
        }
    }
    xml.push_str("</filesystem>");
    xml
}

/// Text between XML tags.
pub(crate) fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// What the model is told of its permissions.
pub(crate) fn instructions(settings: &Settings) -> String {
    let sandbox = match &settings.sandbox_policy {
        SandboxPolicy::DangerFullAccess => {
            "Commands run without a sandbox: they can change any file and use the network. Take care with whatever \
             cannot be undone."
        }
        SandboxPolicy::ExternalSandbox { .. } => {
            "Commands run in a sandbox that someone else set up; its rules are not known here. A refusal of the system \
             may come from it."
        }
        SandboxPolicy::ReadOnly { .. } => "Commands run in a sandbox that lets them read files and change none.",
        SandboxPolicy::WorkspaceWrite { .. } => {
            "Commands run in a sandbox that lets them read files and change those below the workspace roots and the \
             folders for temporary files; the environment context lists them, with the folders inside that stay \
             read-only."
        }
    };
    let network = match (&settings.sandbox_policy, network(settings)) {
        (SandboxPolicy::DangerFullAccess, _) => "",
        (_, "enabled") => " The network may be used.",
        _ => " The network may not be used.",
    };
    let approval = match &settings.approval_policy {
        AskForApproval::Never => {
            "Nobody can be asked: what the sandbox refuses stays refused. Find another way, or say what is missing."
        }
        AskForApproval::OnRequest => {
            "When a step needs more than the sandbox gives, the user can be asked; give the reason in one sentence."
        }
        AskForApproval::Untrusted => "The user is asked before commands run that could change anything.",
        AskForApproval::Granular { .. } => {
            "The user can be asked about some steps that need more than the sandbox gives; others are refused."
        }
    };
    format!("<permissions instructions>\n{sandbox}{network}\n{approval}\n</permissions instructions>")
}
