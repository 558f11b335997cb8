//! Who this process is: towards clients (user agent) and towards models (originator, installation).

use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use codex_app_server_protocol::WIRE_VERSION;
use codex_config_loader::EnvSnapshot;
use uuid::Uuid;

use crate::platform;

/// Fixes the originator, whatever clients say.
const ORIGINATOR_OVERRIDE: &str = "CODEX_INTERNAL_ORIGINATOR_OVERRIDE";
/// The originator before any client has introduced itself.
const DEFAULT_ORIGINATOR: &str = "codex_cli_rs";

/// Shared by all connections of a process.
#[derive(Debug)]
pub(crate) struct Identity {
    home: PathBuf,
    /// Operating system, architecture and terminal: they do not change while the process runs.
    machine: String,
    fixed_originator: Option<String>,
    first_client: OnceLock<String>,
    /// Name and version of the client that was initialized last.
    last_client: Mutex<Option<(String, String)>>,
    installation_id: OnceLock<String>,
}

impl Identity {
    pub(crate) fn new(home: &Path, env: &EnvSnapshot) -> Self {
        let fixed = env.text(ORIGINATOR_OVERRIDE).filter(|name| is_header_value(name)).map(str::to_owned);
        let machine = format!(
            "({}; {}) {}",
            platform::os_name_and_version(),
            std::env::consts::ARCH,
            terminal(|name| env.text(name).map(str::to_owned))
        );
        Self {
            home: home.to_owned(),
            machine,
            fixed_originator: fixed,
            first_client: OnceLock::new(),
            last_client: Mutex::new(None),
            installation_id: OnceLock::new(),
        }
    }

    /// Takes note of a client that introduces itself: the first one names the originator, the last one the user agent's end.
    pub(crate) fn introduce(&self, name: &str, version: &str) {
        self.first_client.get_or_init(|| name.to_owned());
        *self.last_client.lock().unwrap_or_else(PoisonError::into_inner) = Some((name.to_owned(), version.to_owned()));
    }

    /// `ORIGINATOR/WIRE_VERSION (OS VERSION; ARCH) TERMINAL (CLIENT; CLIENTVERSION)`
    pub(crate) fn user_agent_text(&self) -> String {
        let mut text = format!("{}/{WIRE_VERSION} {}", self.originator_text(), self.machine);
        if let Some((name, version)) = &*self.last_client.lock().unwrap_or_else(PoisonError::into_inner) {
            text.push_str(&format!(" ({name}; {version})"));
        }
        text
    }

    pub(crate) fn originator_text(&self) -> &str {
        let client = || self.first_client.get().map(String::as_str);
        self.fixed_originator.as_deref().or_else(client).unwrap_or(DEFAULT_ORIGINATOR)
    }

    /// The id of this installation: made once, kept in a file of the home. When the home cannot be written, one for this
    /// process.
    pub(crate) fn installation(&self) -> &str {
        self.installation_id.get_or_init(|| {
            let path = self.home.join("installation_id");
            let stored = std::fs::read_to_string(&path).ok().map(|text| text.trim().to_owned());
            if let Some(id) = stored.filter(|id| Uuid::parse_str(id).is_ok()) {
                return id;
            }
            let id = Uuid::new_v4().to_string();
            let written = std::fs::create_dir_all(&self.home).and_then(|()| std::fs::write(&path, &id));
            if let Err(error) = written {
                tracing::warn!(path = %path.display(), %error, "the installation id could not be kept");
            }
            id
        })
    }
}

impl codex_engine::Identity for Identity {
    fn originator(&self) -> String {
        self.originator_text().to_owned()
    }

    fn user_agent(&self) -> String {
        self.user_agent_text()
    }

    fn installation_id(&self) -> String {
        self.installation().to_owned()
    }
}

/// Whether a text may stand in an HTTP header: no control characters but the tab.
pub(crate) fn is_header_value(text: &str) -> bool {
    text.chars().all(|c| c == '\t' || !c.is_control())
}

/// The terminal as user agents name it, from its own variables.
fn terminal(env: impl Fn(&str) -> Option<String>) -> String {
    let set = |name: &str| env(name).filter(|value| !value.is_empty() && is_header_value(value));
    if let Some(program) = set("TERM_PROGRAM") {
        return match set("TERM_PROGRAM_VERSION") {
            Some(version) => format!("{program}/{version}"),
            None => program,
        };
    }
    if let Some(version) = set("WEZTERM_VERSION") {
        return format!("WezTerm/{version}");
    }
    set("TERM").unwrap_or_else(|| "unknown".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal_with(pairs: &[(&str, &str)]) -> String {
        terminal(|name| pairs.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned()))
    }

    #[test]
    fn terminals_are_named_by_their_variables() {
        assert_eq!(terminal_with(&[]), "unknown");
        assert_eq!(terminal_with(&[("TERM", "dumb")]), "dumb");
        assert_eq!(terminal_with(&[("TERM_PROGRAM", "vscode"), ("TERM_PROGRAM_VERSION", "1.2")]), "vscode/1.2");
        assert_eq!(terminal_with(&[("TERM_PROGRAM", "iTerm.app"), ("TERM", "x")]), "iTerm.app");
        assert_eq!(terminal_with(&[("WEZTERM_VERSION", "2024"), ("TERM", "x")]), "WezTerm/2024");
    }

    #[test]
    fn the_first_client_names_the_originator_and_the_last_one_the_end() {
        let home = tempfile::tempdir().unwrap();
        let identity = Identity::new(home.path(), &EnvSnapshot::default());
        assert_eq!(identity.originator_text(), "codex_cli_rs");
        identity.introduce("@scope/one", "1");
        identity.introduce("two", "2");
        let text = identity.user_agent_text();
        assert!(text.starts_with("@scope/one/0.169.0 ("), "{text}");
        assert!(text.ends_with(" unknown (two; 2)"), "{text}");
    }

    #[test]
    fn the_installation_id_is_kept() {
        let home = tempfile::tempdir().unwrap();
        let first = Identity::new(home.path(), &EnvSnapshot::default()).installation().to_owned();
        assert_eq!(Identity::new(home.path(), &EnvSnapshot::default()).installation(), first);
    }
}
