//! Writing the user's configuration: changes that are checked as a whole and made as a whole, or not at all.

use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use toml_edit::DocumentMut;

use crate::config::{check_policy, typed, typed_as_written};
use crate::edit::{Change, ChangeError, EditError, MergeStrategy, edit_file, format_key_path, value_at};
use crate::error::ConfigError;
use crate::keys::ConfigToml;
use crate::layers::{Layer, LayerName, LayerStack};
use crate::loader::ConfigLoader;
use crate::path::fold;
use crate::requirements::PinnedBy;

/// Keys of profiles as older versions had them, and what they are: they may be removed, not written.
const LEGACY_PROFILE_KEYS: [(&str, &str); 2] =
    [("profile", "is a legacy config selector"), ("profiles", "contains legacy config profile tables")];

/// Changes to the user's configuration.
#[derive(Debug, Default)]
pub struct WriteRequest {
    /// The file to write; none means the user's, and any other is refused.
    pub file_path: Option<String>,
    /// The version of the user's layer that the changes were made for; none means any.
    pub expected_version: Option<String>,
    /// The changes, made in this order.
    pub edits: Vec<WriteEdit>,
}

/// One change as it is asked for.
#[derive(Clone)]
pub struct WriteEdit {
    /// The key path, as [`crate::parse_key_path`] reads it.
    pub key_path: String,
    /// The value; null removes the key.
    pub value: Json,
    /// How it meets a value that is there.
    pub strategy: MergeStrategy,
}

impl std::fmt::Debug for WriteEdit {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // The value may be a credential.
        formatter.debug_struct("WriteEdit").field("key_path", &self.key_path).finish_non_exhaustive()
    }
}

/// What a write did.
#[derive(Clone, Debug, PartialEq)]
pub struct WriteOutcome {
    /// The user's file.
    pub file: PathBuf,
    /// The version of the user's layer now, the same that the next read shows.
    pub version: String,
    /// What is in effect in place of the first written value that is not.
    pub overridden: Option<Overridden>,
}

/// What is in effect in place of a written value.
#[derive(Clone, Debug, PartialEq)]
pub struct Overridden {
    /// The reason, for people.
    pub message: String,
    /// The layer whose value wins.
    pub layer: LayerName,
    /// The version of that layer.
    pub version: String,
    /// The value in effect; null when there is none.
    pub effective_value: Json,
}

/// Why nothing was written. Clients know the texts.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// Another file than the user's.
    #[error("Only writes to the user config are allowed")]
    OtherFile {
        /// The file that was asked for.
        path: String,
    },
    /// The file was changed since the caller read it.
    #[error("Configuration was modified since last read. Fetch latest version and retry.")]
    VersionConflict {
        /// The version it has.
        actual: String,
    },
    /// A change that cannot be made.
    #[error(transparent)]
    Change(#[from] ChangeError),
    /// A key that can be removed only, and what it is.
    #[error("`{0}` {1} and can no longer be written; use `--profile <name>` with `<name>.config.toml` instead")]
    LegacyProfile(&'static str, &'static str),
    /// A key whose value an administrator demands.
    #[error("`{}` is managed by requirements and cannot be changed", .0.key)]
    Pinned(PinnedBy),
    /// The configuration would be none; how, and at which key.
    #[error("Invalid configuration: {0}")]
    Invalid(String),
    /// The configuration that is there cannot be loaded.
    #[error("failed to load configuration: {0}")]
    Load(#[from] ConfigError),
    /// The file cannot be read, locked or replaced.
    #[error("failed to write configuration: {0}")]
    Io(EditError),
}

impl From<EditError> for WriteError {
    fn from(error: EditError) -> Self {
        match error {
            EditError::Syntax(place) => Self::Load(ConfigError::File(place)),
            EditError::Unusable { path, message } => Self::Load(ConfigError::Unreadable { path, message }),
            error @ EditError::Locked { .. } => Self::Io(error),
        }
    }
}

impl ConfigLoader {
    /// Changes the user's configuration. Everybody who loads it later sees the change.
    ///
    /// This waits for the disk and for other processes: not to be called where waiting is forbidden.
    ///
    /// # Errors
    ///
    /// [`WriteError`]; the file is then as it was.
    pub fn write(&self, request: &WriteRequest) -> Result<WriteOutcome, WriteError> {
        let file = self.sources().written_file();
        if let Some(path) = &request.file_path
            && !is_same_file(path, &file)
        {
            return Err(WriteError::OtherFile { path: path.clone() });
        }
        let mut outcome = None;
        edit_file(&file, |document| {
            outcome = Some(self.change(&file, request, document)?);
            Ok::<_, WriteError>(())
        })?;
        outcome.ok_or_else(|| WriteError::Invalid("nothing was written".to_owned()))
    }

    /// Marks a project as trusted.
    ///
    /// # Errors
    ///
    /// As [`ConfigLoader::write`].
    pub fn trust_project(&self, root: &Path) -> Result<WriteOutcome, WriteError> {
        let project = root.to_string_lossy();
        let edit = WriteEdit {
            key_path: format_key_path(&["projects", &project, "trust_level"]),
            value: Json::String("trusted".to_owned()),
            strategy: MergeStrategy::Replace,
        };
        self.write(&WriteRequest { edits: vec![edit], ..WriteRequest::default() })
    }

    /// Makes the changes in the document and checks what comes out.
    fn change(
        &self,
        file: &Path,
        request: &WriteRequest,
        document: &mut DocumentMut,
    ) -> Result<WriteOutcome, WriteError> {
        let sources = self.sources();
        let mut stack = self.layers_now(None)?;
        // The text under the lock counts, should someone without it have written in between.
        let before = sources.user_layer(document.to_string())?;
        if let Some(expected) = &request.expected_version
            && *expected != before.version
        {
            return Err(WriteError::VersionConflict { actual: before.version });
        }
        let mut values = before.config;
        let mut changes = Vec::with_capacity(request.edits.len());
        for edit in &request.edits {
            let change = Change::new(&edit.key_path, edit.value.clone(), edit.strategy)?;
            check_legacy_profile(&change)?;
            if let Some(pinned) = stack.requirements.pinned(change.segments()) {
                return Err(WriteError::Pinned(pinned));
            }
            change.apply_to_table(&mut values)?;
            change.apply_to_document(document)?;
            changes.push(change);
        }
        let user = check_user_values(&before.name, values)?;
        if let Some(features) = &user.features {
            stack.requirements.check_features(features).map_err(WriteError::Invalid)?;
        }
        let after = sources.user_layer(document.to_string()).map_err(|error| invalid(&error))?;
        let version = after.version.clone();
        if let Some(user) = stack.layers.iter_mut().find(|layer| layer.name == after.name) {
            *user = after;
        }
        typed(&stack, stack.merged()).map_err(|error| invalid(&error))?;
        Ok(WriteOutcome { file: file.to_owned(), version, overridden: first_overridden(&stack, &changes) })
    }
}

/// Checks the user's layer by itself: a file that is wrong elsewhere takes no change but the one that repairs it.
fn check_user_values(name: &LayerName, values: toml::Table) -> Result<ConfigToml, WriteError> {
    let stack = LayerStack::of(Layer::new(name.clone(), values, None));
    // Relative paths are refused here: what they would be relative to is not said.
    let config = typed_as_written(&stack, stack.merged()).map_err(|error| invalid(&error))?;
    check_policy(&stack).map_err(|error| invalid(&error))?;
    Ok(config)
}

fn invalid(error: &ConfigError) -> WriteError {
    WriteError::Invalid(match error {
        ConfigError::Type { text, .. } => text.clone(),
        ConfigError::File(place) => place.message.clone(),
        error => error.to_string(),
    })
}

fn check_legacy_profile(change: &Change) -> Result<(), WriteError> {
    let first = change.segments().first().map(String::as_str);
    match LEGACY_PROFILE_KEYS.into_iter().find(|(key, _)| Some(*key) == first) {
        Some((key, what)) if !change.is_removal() => Err(WriteError::LegacyProfile(key, what)),
        _ => Ok(()),
    }
}

/// Whether a path that a client wrote names the user's file.
fn is_same_file(path: &str, file: &Path) -> bool {
    let path = Path::new(path);
    if !path.is_absolute() {
        return false;
    }
    let path = fold(path);
    path == file
        || path.file_name() == file.file_name()
            && path.parent().and_then(|folder| folder.canonicalize().ok()).as_deref() == file.parent()
}

/// The first change that does not show in the whole, as a layer above the user's says something else.
fn first_overridden(stack: &LayerStack, changes: &[Change]) -> Option<Overridden> {
    let effective = stack.merged();
    let user = stack.layers.iter().rposition(|layer| matches!(layer.name, LayerName::User { .. }))?;
    let written = &stack.layers.get(user)?.config;
    let above = stack.layers.get(user + 1..)?;
    changes.iter().find_map(|change| {
        let in_effect = value_at(&effective, change.segments());
        if value_at(written, change.segments()) == in_effect {
            return None;
        }
        let enabled = above.iter().rev().filter(|layer| layer.disabled_reason.is_none());
        let layer = enabled.into_iter().find(|layer| value_at(&layer.config, change.segments()).is_some())?;
        Some(Overridden {
            message: overridden_message(&layer.name),
            layer: layer.name.clone(),
            version: layer.version.clone(),
            effective_value: in_effect.and_then(|value| serde_json::to_value(value).ok()).unwrap_or_default(),
        })
    })
}

/// The reason, in the words that clients know where there are some.
fn overridden_message(layer: &LayerName) -> String {
    match layer {
        LayerName::SessionFlags => "Overridden by session flags".to_owned(),
        LayerName::LegacyManagedConfigTomlFromFile { file } => {
            format!("Overridden by legacy managed_config.toml: {}", file.display())
        }
        LayerName::LegacyManagedConfigTomlFromMdm => "Overridden by legacy managed configuration from MDM".to_owned(),
        layer => format!("Overridden by {}", layer.label()),
    }
}
