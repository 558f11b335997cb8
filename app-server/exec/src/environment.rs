//! The variables that commands get: a pure function of the server's own, the configured policy, and the call.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;
use std::path::Path;

/// Names that look secret, left out when the policy says so.
const DEFAULT_EXCLUDES: &[&str] = &["*KEY*", "*SECRET*", "*TOKEN*"];

/// What `inherit = "core"` keeps.
const CORE: &[&str] =
    &["HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "SHELL", "TEMP", "TERM", "TMP", "TMPDIR", "USER"];

/// What makes programs write plain text for a reader who has no terminal.
const PLAIN_OUTPUT: &[(&str, &str)] = &[
    ("COLORTERM", ""),
    ("GH_PAGER", "cat"),
    ("GIT_PAGER", "cat"),
    ("LANG", "C.UTF-8"),
    ("LC_ALL", "C.UTF-8"),
    ("LC_CTYPE", "C.UTF-8"),
    ("NO_COLOR", "1"),
    ("PAGER", "cat"),
    ("TERM", "dumb"),
];

/// Variables by name. Names and values need not be text. Its debug form tells no values, which may be secrets.
#[derive(Clone, Default, PartialEq, Eq, Hash)]
pub struct Environment(BTreeMap<OsString, OsString>);

impl Environment {
    /// Takes variables, as from [`std::env::vars_os`]; of several with one name the last counts.
    pub fn new(variables: impl IntoIterator<Item = (OsString, OsString)>) -> Self {
        Self(variables.into_iter().collect())
    }

    /// The value of a variable.
    pub fn get(&self, name: impl AsRef<OsStr>) -> Option<&OsStr> {
        self.0.get(name.as_ref()).map(OsString::as_os_str)
    }

    /// Sets a variable.
    pub fn set(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.0.insert(name.into(), value.into());
    }

    /// Sets a variable unless it is set already.
    pub fn set_default(&mut self, name: impl Into<OsString>, value: impl Into<OsString>) {
        self.0.entry(name.into()).or_insert_with(|| value.into());
    }

    /// Removes a variable.
    pub fn remove(&mut self, name: impl AsRef<OsStr>) {
        self.0.remove(name.as_ref());
    }

    /// All variables, sorted by name.
    pub fn iter(&self) -> impl Iterator<Item = (&OsStr, &OsStr)> {
        self.0.iter().map(|(name, value)| (name.as_os_str(), value.as_os_str()))
    }

    /// Puts a folder first in `PATH`, once. A missing `PATH` stays missing, as the system's own default would be lost.
    pub fn prefix_path(&mut self, folder: &Path) {
        if let Some(path) = self.0.get_mut(OsStr::new("PATH")) {
            let others = std::env::split_paths(&*path).filter(|entry| entry != folder);
            // A folder whose name holds the separator cannot stand in PATH.
            if let Ok(joined) = std::env::join_paths(std::iter::once(folder.to_owned()).chain(others)) {
                *path = joined;
            }
        }
    }

    /// Changes of a client: a value sets a variable, its absence removes it.
    pub fn change(&mut self, changes: &BTreeMap<String, Option<String>>) {
        for (name, value) in changes {
            match value {
                Some(value) => self.set(name, value),
                None => self.remove(name),
            }
        }
    }
}

impl fmt::Debug for Environment {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Environment({} variables)", self.0.len())
    }
}

/// What the environment of commands begins with.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Inherit {
    /// All of the server's variables.
    #[default]
    All,
    /// The few that most programs need.
    Core,
    /// Nothing.
    None,
}

/// `shell_environment_policy`. Patterns know `*` (any text) and `?` (one character); case does not count. What counts, in
/// this order: what is inherited, what looks secret, `exclude`, `set`, `include_only`. The form with `filters` is the same
/// policy with its patterns sorted into the two lists.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct EnvironmentPolicy {
    /// What is taken over to begin with.
    pub inherit: Inherit,
    /// Whether names with KEY, SECRET or TOKEN in them are dropped. The reference keeps them unless told otherwise.
    pub drop_secrets: bool,
    /// Patterns of names that are dropped.
    pub exclude: Vec<String>,
    /// Variables that are set, also those that were dropped before.
    pub set: BTreeMap<String, String>,
    /// Patterns of the only names that are kept; empty: all are.
    pub include_only: Vec<String>,
}

impl fmt::Debug for EnvironmentPolicy {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("EnvironmentPolicy")
            .field("inherit", &self.inherit)
            .field("drop_secrets", &self.drop_secrets)
            .field("exclude", &self.exclude)
            .field("set", &self.set.keys().collect::<Vec<_>>())
            .field("include_only", &self.include_only)
            .finish()
    }
}

impl EnvironmentPolicy {
    /// What is left of the server's variables.
    pub fn apply(&self, server: &Environment) -> Environment {
        let inherited = |name: &str| match self.inherit {
            Inherit::All => true,
            Inherit::Core => CORE.iter().any(|core| core.eq_ignore_ascii_case(name)),
            Inherit::None => false,
        };
        let mut variables: BTreeMap<OsString, OsString> = server
            .0
            .iter()
            .filter(|(name, _)| {
                let name = name.to_string_lossy();
                inherited(&name)
                    && !(self.drop_secrets && any_fits(DEFAULT_EXCLUDES, &name))
                    && !any_fits(&self.exclude, &name)
            })
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        variables.extend(self.set.iter().map(|(name, value)| (name.into(), value.into())));
        if !self.include_only.is_empty() {
            variables.retain(|name, _| any_fits(&self.include_only, &name.to_string_lossy()));
        }
        Environment(variables)
    }
}

fn any_fits(patterns: &[impl AsRef<str>], name: &str) -> bool {
    patterns.iter().any(|pattern| fits(pattern.as_ref(), name))
}

/// Whether a name fits a pattern as a whole. Takes time in proportion to the product of both lengths at most.
fn fits(pattern: &str, name: &str) -> bool {
    let lower = |text: &str| text.chars().flat_map(char::to_lowercase).collect::<Vec<_>>();
    let (pattern, name) = (lower(pattern), lower(name));
    let (mut at, mut in_name) = (0, 0);
    // The last star, and how far into the name it reaches.
    let mut star = None;
    while in_name < name.len() {
        match pattern.get(at) {
            Some('*') => {
                star = Some((at, in_name));
                at += 1;
            }
            Some(wanted) if *wanted == '?' || *wanted == name[in_name] => {
                at += 1;
                in_name += 1;
            }
            _ => match star {
                Some((star_at, reach)) => {
                    star = Some((star_at, reach + 1));
                    at = star_at + 1;
                    in_name = reach + 1;
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|rest| *rest == '*')
}

/// What a command of the model is told about the call it belongs to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CallVariables {
    /// `CODEX_THREAD_ID`.
    pub thread_id: String,
    /// `CODEX_SESSION_ID`.
    pub session_id: String,
    /// `CODEX_TOOL_CALL_ID`.
    pub call_id: String,
    /// `CODEX_VERSION`: the version of the wire.
    pub version: String,
    /// `CODEX_PERMISSION_PROFILE`: the active profile, when there is one.
    pub permission_profile: Option<String>,
    /// Whether to call [`mark_network_disabled`].
    pub network_disabled: bool,
}

/// Whether the variables for plain output replace what is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PlainOutput {
    /// They replace it: a shell without the user's profile.
    Always,
    /// The user's values stay: a login shell.
    WhenMissing,
}

impl CallVariables {
    /// Adds what every command of the model gets. Nothing a policy says changes these.
    pub fn add_to(&self, environment: &mut Environment, plain: PlainOutput) {
        for (name, value) in PLAIN_OUTPUT {
            match plain {
                PlainOutput::Always => environment.set(name, value),
                PlainOutput::WhenMissing => environment.set_default(name, value),
            }
        }
        add_patch_variable(environment);
        environment.set("CODEX_CI", "1");
        environment.set("CODEX_THREAD_ID", &self.thread_id);
        environment.set("CODEX_SESSION_ID", &self.session_id);
        environment.set("CODEX_TOOL_CALL_ID", &self.call_id);
        environment.set("CODEX_VERSION", &self.version);
        if let Some(profile) = &self.permission_profile {
            environment.set("CODEX_PERMISSION_PROFILE", profile);
        }
        if self.network_disabled {
            mark_network_disabled(environment);
        }
    }
}

/// Tells a command that it cannot use the network.
pub fn mark_network_disabled(environment: &mut Environment) {
    environment.set("CODEX_SANDBOX_NETWORK_DISABLED", "1");
}

/// Adds what `command/exec` gives besides the policy's variables; `process/spawn` gives nothing more.
pub fn add_patch_variable(environment: &mut Environment) {
    environment.set("CODEX_APPLY_PATCH_PRESERVE_LINE_ENDINGS", "1");
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn environment(variables: &[(&str, &str)]) -> Environment {
        Environment::new(variables.iter().map(|(name, value)| (name.into(), value.into())))
    }

    fn names(environment: &Environment) -> Vec<String> {
        environment.iter().map(|(name, _)| name.to_string_lossy().into_owned()).collect()
    }

    fn list(patterns: &[&str]) -> Vec<String> {
        patterns.iter().map(ToString::to_string).collect()
    }

    fn server() -> Environment {
        environment(&[
            ("API_KEY", "k"),
            ("FOO", "bar"),
            ("HOME", "/h"),
            ("LC_ALL", "de"),
            ("LC_FOO", "x"),
            ("MY_SECRET_X", "s"),
            ("PATH", "/usr/bin:/bin"),
            ("TEMP", "/t"),
            ("USER", "u"),
            ("USERNAME", "n"),
            ("my_token", "t"),
        ])
    }

    #[test]
    fn everything_passes_by_default_secrets_too() {
        assert_eq!(EnvironmentPolicy::default().apply(&server()), server());
    }

    #[test]
    fn what_looks_secret_is_dropped_when_asked_for() {
        let policy = EnvironmentPolicy { drop_secrets: true, ..Default::default() };
        assert_eq!(
            names(&policy.apply(&server())),
            ["FOO", "HOME", "LC_ALL", "LC_FOO", "PATH", "TEMP", "USER", "USERNAME"]
        );
    }

    #[test]
    fn core_and_none() {
        let policy = EnvironmentPolicy { inherit: Inherit::Core, ..Default::default() };
        assert_eq!(names(&policy.apply(&server())), ["HOME", "LC_ALL", "PATH", "TEMP", "USER"]);
        let policy = EnvironmentPolicy {
            inherit: Inherit::None,
            set: BTreeMap::from([("A".to_owned(), "1".to_owned())]),
            ..Default::default()
        };
        assert_eq!(policy.apply(&server()), environment(&[("A", "1")]));
    }

    #[test]
    fn patterns_ignore_case_and_know_no_classes() {
        let policy = EnvironmentPolicy { exclude: list(&["foo", "*_x", "[abc]*", "US?R"]), ..Default::default() };
        assert_eq!(
            names(&policy.apply(&server())),
            ["API_KEY", "HOME", "LC_ALL", "LC_FOO", "PATH", "TEMP", "USERNAME", "my_token"]
        );
    }

    #[test]
    fn set_comes_after_exclude_and_before_include_only() {
        let set = BTreeMap::from([("A".to_owned(), "1".to_owned()), ("B".to_owned(), "2".to_owned())]);
        let policy = EnvironmentPolicy { exclude: list(&["A", "FOO"]), set, ..Default::default() };
        assert_eq!(policy.apply(&server()).get("A"), Some(OsStr::new("1")));
        let policy = EnvironmentPolicy { include_only: list(&["PATH", "f*", "A"]), ..policy };
        assert_eq!(names(&policy.apply(&server())), ["A", "PATH"]);
    }

    #[test]
    fn a_call_adds_its_variables_whatever_the_policy_set() {
        let call = CallVariables {
            thread_id: "t".to_owned(),
            permission_profile: Some(":workspace".to_owned()),
            network_disabled: true,
            ..Default::default()
        };
        let mut forced = environment(&[("CODEX_CI", "x"), ("PAGER", "less"), ("TERM", "xterm")]);
        let mut kept = forced.clone();
        call.add_to(&mut forced, PlainOutput::Always);
        call.add_to(&mut kept, PlainOutput::WhenMissing);
        for (name, value) in [
            ("CODEX_CI", "1"),
            ("CODEX_THREAD_ID", "t"),
            ("CODEX_PERMISSION_PROFILE", ":workspace"),
            ("CODEX_SANDBOX_NETWORK_DISABLED", "1"),
            ("CODEX_APPLY_PATCH_PRESERVE_LINE_ENDINGS", "1"),
            ("NO_COLOR", "1"),
            ("PAGER", "cat"),
            ("TERM", "dumb"),
            ("LC_ALL", "C.UTF-8"),
            ("COLORTERM", ""),
        ] {
            assert_eq!(forced.get(name), Some(OsStr::new(value)), "{name}");
        }
        assert_eq!(kept.get("PAGER"), Some(OsStr::new("less")));
        assert_eq!(kept.get("TERM"), Some(OsStr::new("xterm")));
        assert_eq!(kept.get("GIT_PAGER"), Some(OsStr::new("cat")));
        assert_eq!(kept.get("CODEX_CI"), Some(OsStr::new("1")));
    }

    #[test]
    fn a_folder_comes_first_in_path_once() {
        let mut variables = environment(&[("PATH", "/bin:/tools:/usr/bin")]);
        variables.prefix_path(Path::new("/tools"));
        variables.prefix_path(Path::new("/tools"));
        assert_eq!(variables.get("PATH"), Some(OsStr::new("/tools:/bin:/usr/bin")));
        let mut without = Environment::default();
        without.prefix_path(Path::new("/tools"));
        assert_eq!(without, Environment::default());
    }

    #[test]
    fn values_are_not_told() {
        let policy =
            EnvironmentPolicy { set: BTreeMap::from([("A".to_owned(), "hush".to_owned())]), ..Default::default() };
        let told = format!("{policy:?} {:?}", policy.apply(&server()));
        assert!(!told.contains("hush") && told.contains("12 variables"), "{told}");
    }

    /// What a pattern means, told the slow way.
    fn fits_slowly(pattern: &[char], name: &[char]) -> bool {
        match pattern.split_first() {
            None => name.is_empty(),
            Some(('*', rest)) => (0..=name.len()).any(|skipped| fits_slowly(rest, &name[skipped..])),
            Some((wanted, rest)) => name
                .split_first()
                .is_some_and(|(first, others)| (*wanted == '?' || wanted == first) && fits_slowly(rest, others)),
        }
    }

    proptest! {
        #[test]
        fn patterns_fit_as_they_should(pattern in "[ab*?]{0,7}", name in "[ab]{0,8}") {
            let (slow_pattern, slow_name): (Vec<char>, Vec<char>) = (pattern.chars().collect(), name.chars().collect());
            prop_assert_eq!(fits(&pattern, &name), fits_slowly(&slow_pattern, &slow_name));
            prop_assert_eq!(fits(&pattern, &name), fits(&pattern.to_uppercase(), &name));
        }
    }
}
