//! Where requirements come from, and how each source is read.
//!
//! Lowest first: the system's requirements.toml, fragments from the cloud, the older managed configuration read as
//! requirements, device management. Each source is checked by itself, so that an error names it.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_path_to_error::Segment;
use toml::{Table, Value};

use super::compose::{compose, with_current_keys};
use super::keys::RemoteSandboxToml;
use super::{Requirements, RequirementsToml};
use crate::decode::{decode, decode_watched};
use crate::diagnostics::{Diagnostic, type_error_of};
use crate::error::ConfigError;
use crate::layers::{Dependencies, SourceFile};
use crate::path::PathBase;

/// Keys that hold a path, below any table.
const PATHS: [&[&str]; 6] = [
    &["sqlite_home"],
    &["log_dir"],
    &["model_catalog_json"],
    &["permissions", "filesystem", "deny_read"],
    &["application", "storage", "default_project_parent"],
    &["application", "storage", "projectless_workspace_root"],
];

/// Where requirements come from.
pub(crate) struct RequirementSources<'a> {
    /// The system's folder; relative paths count from it.
    pub base: PathBase<'a>,
    /// The name of this machine.
    pub host_name: &'a str,
    /// Label and text of fragments from the cloud, lowest first.
    pub fragments: Vec<(String, &'a str)>,
    /// Managed configurations, label and values, lowest first.
    pub managed: &'a [(String, Table)],
    /// Label and text of what device management demands.
    pub device: Option<(String, String)>,
}

/// One source: its label and what it demands, in the current spelling and with absolute paths.
struct Source {
    label: String,
    table: Table,
    unknown: Vec<(String, String)>,
}

/// Reads all sources and composes them.
///
/// # Errors
///
/// [`ConfigError::RequirementsSyntax`] for what does not keep the server from starting, [`ConfigError::Requirements`] for
/// the rest, and a file that cannot be read.
pub(crate) fn read(
    sources: &RequirementSources<'_>,
    dependencies: &mut Dependencies<'_>,
) -> Result<Requirements, ConfigError> {
    let mut read = Vec::new();
    let file = sources.base.folder.join("requirements.toml");
    if let Some(source) = dependencies.read(&file)? {
        let label = file.display().to_string();
        let table = match source.table() {
            Ok(table) => table.clone(),
            Err(error) => return Err(syntax(&label, &error.drawing)),
        };
        read.push(sources.source(label, table, Some(&source))?);
    }
    for (label, text) in &sources.fragments {
        read.push(sources.text(label, text)?);
    }
    for (label, table) in sources.managed {
        let table = managed_as_requirements(table);
        if !table.is_empty() {
            read.push(Source { label: label.clone(), table, unknown: Vec::new() });
        }
    }
    if let Some((label, text)) = &sources.device {
        read.push(sources.text(label, text)?);
    }
    if read.is_empty() {
        return Ok(Requirements::default());
    }
    let mut composed = Table::new();
    let mut requirements = Requirements::default();
    for source in read {
        requirements.sources.extend(source.table.keys().map(|key| (key.clone(), source.label.clone())));
        requirements.unknown.extend(source.unknown);
        compose(&mut composed, source.table);
    }
    requirements.finish(composed)
}

fn syntax(label: &str, drawing: &str) -> ConfigError {
    ConfigError::RequirementsSyntax(format!("failed to parse requirements layer {label}: {drawing}"))
}

impl RequirementSources<'_> {
    /// A source that is no file.
    fn text(&self, label: &str, text: &str) -> Result<Source, ConfigError> {
        let table: Table = toml::from_str(text).map_err(|error| syntax(label, &error.to_string()))?;
        self.source(label.to_owned(), table, None)
    }

    /// Checks a source by itself and brings it into the form that composes.
    fn source(&self, label: String, table: Table, file: Option<&Arc<SourceFile>>) -> Result<Source, ConfigError> {
        let mut unknown = Vec::new();
        let warned = format!("requirements ({label})");
        let mut take = |key| unknown.push((warned.clone(), key));
        let typed: RequirementsToml = decode_watched(Value::Table(table.clone()), &mut take)
            .map_err(|error| wrong_value(&label, &error.error, file))?;
        let mut table = with_current_keys(table);
        self.resolve_paths(&label, &mut table)?;
        if let Some(modes) = self.modes_of_this_host(typed.remote_sandbox_config.as_deref(), &table) {
            table.insert("allowed_sandbox_modes".to_owned(), modes);
        }
        table.remove("remote_sandbox_config");
        Ok(Source { label, table, unknown })
    }

    /// The sandbox modes that a source demands of hosts with this one's name; the first match counts.
    fn modes_of_this_host(&self, hosts: Option<&[RemoteSandboxToml]>, table: &Table) -> Option<Value> {
        let matches = |host: &RemoteSandboxToml| {
            host.hostname_patterns.iter().any(|pattern| name_matches(pattern, self.host_name))
        };
        let index = hosts?.iter().position(matches)?;
        table.get("remote_sandbox_config")?.get(index)?.get("allowed_sandbox_modes").cloned()
    }

    fn resolve_paths(&self, label: &str, table: &mut Table) -> Result<(), ConfigError> {
        for keys in PATHS {
            let Some(value) = value_at(table, keys) else {
                continue;
            };
            match value {
                Value::String(path) if keys[0] == "application" => {
                    let resolved = PathBase { folder: Path::new(""), ..self.base }.resolve(path);
                    if !resolved.is_absolute() {
                        let error = format!("path is not absolute: {path}\nin `{}`\n", keys.join("."));
                        return Err(syntax(label, &error));
                    }
                    *path = text_of(resolved);
                }
                Value::String(path) => *path = text_of(self.base.resolve(path)),
                Value::Array(paths) => {
                    for path in paths {
                        if let Value::String(path) = path {
                            *path = text_of(self.base.resolve(path));
                        }
                    }
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn text_of(path: PathBuf) -> String {
    path.to_string_lossy().into_owned()
}

fn value_at<'a>(table: &'a mut Table, keys: &[&str]) -> Option<&'a mut Value> {
    let (first, rest) = keys.split_first()?;
    rest.iter().try_fold(table.get_mut(*first)?, |value, key| value.get_mut(*key))
}

/// The error for a value that no requirement takes.
fn wrong_value(label: &str, error: &toml::de::Error, file: Option<&Arc<SourceFile>>) -> ConfigError {
    let text = format!("failed to parse requirements layer {label}: {error}");
    let place: Option<(Diagnostic, Vec<Segment>)> =
        file.and_then(|file| type_error_of::<RequirementsToml>(file.path(), file.text()));
    match place {
        // Nothing but clients acts on these, so that the server can do without.
        Some((_, segments)) if matches!(segments.first(), Some(Segment::Map { key }) if key == "application") => {
            ConfigError::RequirementsSyntax(text)
        }
        place => ConfigError::Requirements { text, place: place.map(|(place, _)| Box::new(place)) },
    }
}

/// What a managed configuration demands: the values it sets are the only ones allowed, besides the safest.
fn managed_as_requirements(config: &Table) -> Table {
    let mut requirements = Table::new();
    let mut allow = |key: &str, values: Vec<Value>| {
        requirements.insert(key.to_owned(), Value::Array(values));
    };
    if let Some(policy) = config.get("approval_policy") {
        allow("allowed_approval_policies", vec![policy.clone()]);
    }
    if let Some(mode) = config.get("sandbox_mode") {
        let read_only = Value::from("read-only");
        let modes = if *mode == read_only { vec![read_only] } else { vec![read_only, mode.clone()] };
        allow("allowed_sandbox_modes", modes);
    }
    if let Some(reviewer) = config.get("approvals_reviewer") {
        let user = Value::from("user");
        let reviewers = if *reviewer == user { vec![user] } else { vec![reviewer.clone(), user] };
        allow("allowed_approvals_reviewers", reviewers);
    }
    if let Some(method) = config.get("forced_login_method") {
        allow("allowed_login_methods", vec![method.clone()]);
    }
    // A wrong value is an error of the layer itself.
    match decode::<RequirementsToml>(requirements.clone()) {
        Ok(_) => requirements,
        Err(_) => Table::new(),
    }
}

/// Whether a name fits a pattern in which `*` stands for any text and `?` for one character; case does not count.
fn name_matches(pattern: &str, name: &str) -> bool {
    let pattern: Vec<char> = pattern.to_lowercase().chars().collect();
    let name: Vec<char> = name.to_lowercase().chars().collect();
    let (mut at, mut in_name) = (0, 0);
    // Where to go on when the text after the last star does not fit: behind the star, one character later.
    let mut retry: Option<(usize, usize)> = None;
    while in_name < name.len() {
        match pattern.get(at) {
            Some('*') => {
                retry = Some((at + 1, in_name));
                at += 1;
            }
            Some(&character) if character == '?' || character == name[in_name] => {
                at += 1;
                in_name += 1;
            }
            _ => {
                let Some((behind, start)) = retry else {
                    return false;
                };
                retry = Some((behind, start + 1));
                (at, in_name) = (behind, start + 1);
            }
        }
    }
    pattern[at..].iter().all(|character| *character == '*')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_of_hosts() {
        for (pattern, name, fits) in [
            ("vm", "vm", true),
            ("VM", "vm", true),
            ("vm*", "vm", true),
            ("??", "vm", true),
            ("**", "vm", true),
            ("[v]m", "vm", false),
            ("v", "vm", false),
            ("*.vm", "vm", false),
            ("build-*.example.com", "build-7.EXAMPLE.com", true),
            ("*a*b", "xaxxab", true),
            ("*a*b", "xaxxa", false),
            ("", "", true),
            ("*", "", true),
            ("?", "", false),
        ] {
            assert_eq!(name_matches(pattern, name), fits, "{pattern} {name}");
        }
    }

    proptest! {
        #[test]
        fn a_name_fits_itself_with_any_part_starred(name in "[a-c]{0,8}", from in 0usize..8, length in 0usize..8) {
            let from = from.min(name.len());
            let to = (from + length).min(name.len());
            let pattern = format!("{}*{}", &name[..from], &name[to..]);
            prop_assert!(name_matches(&pattern, &name));
            let other = format!("{name}d");
            prop_assert!(!name_matches(&name, &other));
        }
    }

    #[test]
    fn a_managed_configuration_allows_what_it_sets() {
        for (managed, requirements) in [
            ("approval_policy = 'never'", "allowed_approval_policies = ['never']"),
            ("sandbox_mode = 'read-only'", "allowed_sandbox_modes = ['read-only']"),
            ("sandbox_mode = 'workspace-write'", "allowed_sandbox_modes = ['read-only', 'workspace-write']"),
            ("approvals_reviewer = 'user'", "allowed_approvals_reviewers = ['user']"),
            ("approvals_reviewer = 'auto_review'", "allowed_approvals_reviewers = ['auto_review', 'user']"),
            ("forced_login_method = 'api'", "allowed_login_methods = ['api']"),
            ("model = 'm'\nallow_login_shell = false", ""),
            ("sandbox_mode = 3", ""),
        ] {
            let managed: Table = toml::from_str(managed).unwrap();
            assert_eq!(managed_as_requirements(&managed), toml::from_str(requirements).unwrap());
        }
    }
}
