//! The layers of a configuration: where they come from, their order, their versions.
//!
//! Lowest first: system file, managed configuration of the workspace, user file, project files (only with a working folder), session flags, managed files. A
//! layer keeps its own values; merging happens on demand and skips layers that are disabled.

mod deps;
mod device;
mod files;
mod flags;
mod merge;
mod normalize;
mod project;
mod related;
mod strict;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::Serialize;
use sha2::{Digest, Sha256};
use toml::{Table, Value};

use crate::cloud::{CloudContent, CloudFragment, CloudSlot};
use crate::decode::decode;
use crate::diagnostics::{Diagnostic, TextPosition, key_span};
use crate::error::ConfigError;
use crate::home::CodexHome;
use crate::keys::{ShellEnvironmentPolicyToml, TrustLevel};
use crate::path::PathBase;
use crate::requirements::{self, RequirementSources, Requirements};

pub(crate) use deps::{Dependencies, Dependency};
pub use device::DevicePreferences;
pub(crate) use device::{APPLICATION, REQUIREMENTS_KEY};
pub(crate) use files::{FileCache, SourceFile, is_missing};
pub(crate) use merge::OLD_KEYS;
pub(crate) use merge::merge;
pub(crate) use project::drop_denied_keys;

/// What a layer is and where it comes from, in the form clients see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "type", rename_all = "camelCase", rename_all_fields = "camelCase")]
pub enum LayerName {
    /// The system's file.
    System {
        /// The file.
        file: PathBuf,
    },
    /// A fragment of the workspace's managed configuration.
    EnterpriseManaged {
        /// Its id in the workspace.
        id: String,
        /// Its name, for people.
        name: String,
    },
    /// The user's file.
    User {
        /// The file.
        file: PathBuf,
        /// The profile it is for; none is the user's main file.
        profile: Option<String>,
    },
    /// A project's file.
    Project {
        /// The `.codex` folder.
        dot_codex_folder: PathBuf,
    },
    /// The command line and a request's own values.
    SessionFlags,
    /// A file that an administrator manages.
    LegacyManagedConfigTomlFromFile {
        /// The file.
        file: PathBuf,
    },
    /// What device management hands out.
    LegacyManagedConfigTomlFromMdm,
}

impl LayerName {
    /// The layer in a warning.
    pub(crate) fn label(&self) -> String {
        match self {
            Self::System { file } => format!("system ({})", file.display()),
            Self::EnterpriseManaged { id, name } => format!("enterprise-managed ({name}, {id})"),
            Self::User { file, .. } => format!("user ({})", file.display()),
            Self::Project { dot_codex_folder } => {
                format!("project ({})", dot_codex_folder.join("config.toml").display())
            }
            Self::SessionFlags => "session-flags".to_owned(),
            Self::LegacyManagedConfigTomlFromFile { file } => {
                format!("managed ({})", file.display())
            }
            Self::LegacyManagedConfigTomlFromMdm => "managed (device management)".to_owned(),
        }
    }
}

/// One layer.
pub struct Layer {
    /// What it is.
    pub name: LayerName,
    /// `sha256:` and the digest of its values as compact JSON with sorted keys.
    pub version: String,
    /// Its values; paths are absolute.
    pub config: Table,
    /// Why it is listed and not used; none when it is used.
    pub disabled_reason: Option<String>,
    /// The file, when it comes from one that exists.
    source: Option<Arc<SourceFile>>,
}

impl Layer {
    pub(crate) fn new(name: LayerName, config: Table, source: Option<Arc<SourceFile>>) -> Self {
        Self { name, version: version_of(&config), config, disabled_reason: None, source }
    }

    /// The first value of its file that has the wrong type.
    pub(crate) fn type_error(&self) -> Option<Diagnostic> {
        let source = self.source.as_ref()?;
        crate::diagnostics::type_error(source.path(), source.text())
    }

    /// The file, when it comes from one that exists.
    pub(crate) fn file(&self) -> Option<&Path> {
        self.source.as_deref().map(SourceFile::path)
    }

    /// Where its file says something about a key.
    pub(crate) fn position_of(&self, segments: &[String]) -> Option<TextPosition> {
        let source = self.source.as_ref()?;
        let keys: Vec<&str> = segments.iter().map(String::as_str).collect();
        let span = key_span(source.text(), &keys)?;
        Some(Diagnostic::new(source.path(), source.text(), span, "").range.start)
    }

    /// What is wrong at a key of its file.
    pub(crate) fn diagnostic_at(&self, keys: &[&str], message: &str) -> Option<Diagnostic> {
        let source = self.source.as_ref()?;
        let span = key_span(source.text(), keys)?;
        Some(Diagnostic::new(source.path(), source.text(), span, message))
    }

    /// Whether it comes from a file rather than from the command line or a request.
    pub(crate) fn is_file(&self) -> bool {
        !matches!(self.name, LayerName::SessionFlags | LayerName::LegacyManagedConfigTomlFromMdm)
    }
}

/// The version of a layer's values.
fn version_of(config: &Table) -> String {
    // Keys of a TOML table are sorted; a table is always JSON, so that the default never shows.
    let json = serde_json::to_vec(config).unwrap_or_default();
    let digest = Sha256::digest(json);
    let hex: String = digest.iter().map(|byte| format!("{byte:02x}")).collect();
    format!("sha256:{hex}")
}

/// Keys that a trusted project may not set and set nevertheless.
pub(crate) struct DroppedKeys {
    /// The project's file.
    pub file: PathBuf,
    /// The keys.
    pub keys: Vec<String>,
}

/// All layers for one working folder, lowest first.
pub(crate) struct LayerStack {
    /// The layers, disabled ones included.
    pub layers: Vec<Layer>,
    /// The root of the project, when there is a working folder.
    pub project_root: Option<PathBuf>,
    /// The root of the git repository around the working folder, of the main checkout for a worktree.
    pub repository_root: Option<PathBuf>,
    /// What the user said about the working folder.
    pub trust_level: Option<TrustLevel>,
    /// Keys of trusted projects that were dropped.
    pub dropped: Vec<DroppedKeys>,
    /// What an administrator demands.
    pub requirements: Arc<Requirements>,
}

impl LayerStack {
    /// A single layer.
    pub fn of(layer: Layer) -> Self {
        Self::new(vec![layer])
    }

    fn new(layers: Vec<Layer>) -> Self {
        Self {
            layers,
            project_root: None,
            repository_root: None,
            trust_level: None,
            dropped: Vec::new(),
            requirements: Arc::default(),
        }
    }

    /// The layers that count, lowest first.
    pub fn enabled(&self) -> impl DoubleEndedIterator<Item = &Layer> {
        self.layers.iter().filter(|layer| layer.disabled_reason.is_none())
    }

    /// The `.codex` folders of trusted projects, the outermost first.
    pub fn project_folders(&self) -> impl Iterator<Item = &Path> {
        self.enabled().filter_map(|layer| match &layer.name {
            LayerName::Project { dot_codex_folder } => Some(dot_codex_folder.as_path()),
            _ => None,
        })
    }

    /// The configuration they make together, with the exact values of the requirements.
    pub fn merged(&self) -> Table {
        let mut config = self.configured();
        self.requirements.pin(&mut config);
        config
    }

    /// The configuration they make together, whatever requirements demand.
    pub fn configured(&self) -> Table {
        let mut merged = merge_layers(self.enabled());
        related::add_plugin_apps(&mut merged);
        merged
    }

    /// The layer of every leaf, by dotted path.
    pub fn origins(&self) -> BTreeMap<String, usize> {
        let mut origins = BTreeMap::new();
        for (index, layer) in self.layers.iter().enumerate() {
            if layer.disabled_reason.is_none() {
                let mut config = merge::with_current_keys(layer.config.clone());
                origins.extend(related::spread_features(&mut config).map(|path| (path, index)));
                merge::record_origins(&config, index, &mut origins);
            }
        }
        related::add_plugin_app_origins(&merge_layers(self.enabled()), &mut origins);
        origins.retain(|path, _| !self.requirements.is_pinned_leaf(path));
        origins
    }
}

fn merge_layers<'a>(layers: impl Iterator<Item = &'a Layer>) -> Table {
    let mut merged = Table::new();
    for layer in layers {
        let mut overlay = merge::with_current_keys(layer.config.clone());
        related::align_features(&mut merged, &mut overlay);
        merge::merge(&mut merged, overlay);
    }
    merged
}

/// Where layers come from; the same for every load.
#[derive(Clone)]
pub(crate) struct LayerSources {
    /// The user's folder.
    pub home: CodexHome,
    /// The system's folder.
    pub system_folder: PathBuf,
    /// The home folder of the user, for `~` in paths.
    pub user_home: Option<PathBuf>,
    /// Name of the profile over the user's file.
    pub profile: Option<String>,
    /// Overrides of the command line.
    pub overrides: Vec<(String, Value)>,
    /// Whether unknown keys are errors.
    pub strict: bool,
    /// What device management hands out.
    pub preferences: DevicePreferences,
    /// The name of this machine.
    pub host_name: String,
    /// The managed configuration of the workspace.
    pub cloud: Arc<CloudSlot>,
}

/// Which layers to load.
#[derive(Clone, Copy)]
pub(crate) struct LayerRequest<'a> {
    /// The working folder, absolute.
    pub cwd: Option<&'a Path>,
    /// Values of a request, over those of the command line.
    pub overrides: &'a serde_json::Map<String, serde_json::Value>,
    /// Whether the user's and the projects' files count; without them only what an administrator and the command line
    /// say is left.
    pub user_files: bool,
}

impl LayerSources {
    /// Loads the layers.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is no TOML, except that of a project that is not trusted; no managed configuration
    /// although there must be one.
    pub fn load(
        &self,
        request: LayerRequest<'_>,
        dependencies: &mut Dependencies<'_>,
    ) -> Result<LayerStack, ConfigError> {
        // Overrides are to blame first.
        let flags = self.load_flags(request)?;
        let mut layers = Vec::new();
        let system = self.system_folder.join("config.toml");
        let name = LayerName::System { file: system.clone() };
        layers.push(self.load_file(name, &system, dependencies)?.0);
        let cloud = dependencies.cloud(&self.cloud);
        if let CloudContent::Failed(reason) = &cloud {
            return Err(ConfigError::Cloud(reason.to_string()));
        }
        for (fragment, source) in cloud.config() {
            layers.push(self.load_fragment(fragment, source)?);
        }
        if request.user_files {
            let file = self.home.config_file();
            let name = LayerName::User { file: file.clone(), profile: None };
            layers.push(self.load_file(name, &file, dependencies)?.0);
            layers.extend(self.load_profile(layers.last(), dependencies)?);
        }

        let mut stack = LayerStack::new(layers);
        if let Some(cwd) = request.cwd {
            self.load_projects(cwd, request.user_files, flags.as_ref(), &mut stack, dependencies)?;
        }
        stack.layers.extend(flags);
        for folder in [self.home.path(), &self.system_folder] {
            let file = folder.join("managed_config.toml");
            let name = LayerName::LegacyManagedConfigTomlFromFile { file: file.clone() };
            let (layer, exists) = self.load_file(name, &file, dependencies)?;
            if exists {
                stack.layers.push(layer);
            }
        }
        if let Some(config) = self.preferences.config()? {
            let config = normalize::normalize(config, self.path_base(&self.system_folder));
            stack.layers.push(Layer::new(LayerName::LegacyManagedConfigTomlFromMdm, config, None));
        }
        stack.requirements = Arc::new(self.load_requirements(&stack.layers, &cloud, dependencies)?);
        Ok(stack)
    }

    /// Loads what an administrator demands; the managed configurations among the layers are demands too.
    fn load_requirements(
        &self,
        layers: &[Layer],
        cloud: &CloudContent,
        dependencies: &mut Dependencies<'_>,
    ) -> Result<Requirements, ConfigError> {
        let managed: Vec<(String, Table)> = layers
            .iter()
            .filter_map(|layer| match &layer.name {
                LayerName::LegacyManagedConfigTomlFromFile { file } => {
                    Some((file.display().to_string(), layer.config.clone()))
                }
                LayerName::LegacyManagedConfigTomlFromMdm => {
                    Some((format!("device management ({APPLICATION})"), layer.config.clone()))
                }
                _ => None,
            })
            .collect();
        let device = self.preferences.requirements()?.map(|text| (format!("{APPLICATION}:{REQUIREMENTS_KEY}"), text));
        let sources = RequirementSources {
            base: self.path_base(&self.system_folder),
            host_name: &self.host_name,
            fragments: cloud
                .requirements()
                .map(|fragment| (fragment.layer_name().label(), fragment.contents.as_str()))
                .collect(),
            managed: &managed,
            device,
        };
        requirements::read(&sources, dependencies)
    }

    /// Loads the layer of a file, and tells whether the file exists.
    fn load_file(
        &self,
        name: LayerName,
        file: &Path,
        dependencies: &mut Dependencies<'_>,
    ) -> Result<(Layer, bool), ConfigError> {
        let Some(source) = dependencies.read(file)? else {
            return Ok((Layer::new(name, Table::new(), None), false));
        };
        if self.strict
            && let Ok(table) = source.table()
        {
            strict::check_file(table, &source)?;
        }
        Ok((self.layer_of(name, source, file.parent().unwrap_or(file))?, true))
    }

    /// Loads the layer of the chosen profile, over that of the user's main file.
    fn load_profile(
        &self,
        base: Option<&Layer>,
        dependencies: &mut Dependencies<'_>,
    ) -> Result<Option<Layer>, ConfigError> {
        let Some(profile) = &self.profile else {
            return Ok(None);
        };
        let says = |key: &str| base.and_then(|base| base.config.get(key));
        let is_selected = says("profile").and_then(Value::as_str) == Some(profile);
        if is_selected || says("profiles").is_some_and(|profiles| profiles.get(profile).is_some()) {
            return Err(ConfigError::Meaning(format!(
                "{} also speaks of the profile `{profile}` in the older way; move what it says about it to {}",
                self.home.config_file().display(),
                self.home.profile_file(profile).display()
            )));
        }
        let (layer, exists) = self.load_file(self.user_name(), &self.home.profile_file(profile), dependencies)?;
        if !exists {
            return Err(ConfigError::NoProfile { name: profile.clone(), file: self.home.profile_file(profile) });
        }
        Ok(Some(layer))
    }

    /// The layer that writes go to: that of the profile, else the user's main one.
    pub fn user_name(&self) -> LayerName {
        LayerName::User { file: self.written_file(), profile: self.profile.clone() }
    }

    /// The layer that writes go to, when its file has this text; unknown keys are let through.
    pub fn user_layer(&self, text: String) -> Result<Layer, ConfigError> {
        let name = self.user_name();
        let source = Arc::new(SourceFile::new(&self.written_file(), text));
        self.layer_of(name, source, self.home.path())
    }

    /// The file that writes go to.
    pub fn written_file(&self) -> PathBuf {
        match &self.profile {
            Some(profile) => self.home.profile_file(profile),
            None => self.home.config_file(),
        }
    }

    /// Loads the layer of a managed fragment.
    fn load_fragment(&self, fragment: &CloudFragment, source: &Arc<SourceFile>) -> Result<Layer, ConfigError> {
        self.layer_of(fragment.layer_name(), Arc::clone(source), self.home.path())
    }

    /// The layer of a text; its paths are relative to `folder`.
    fn layer_of(&self, name: LayerName, source: Arc<SourceFile>, folder: &Path) -> Result<Layer, ConfigError> {
        let table = source.table().as_ref().map_err(|error| error.diagnostic.clone())?;
        check_environment_policy(table, &source)?;
        let config = normalize::normalize(table.clone(), self.path_base(folder));
        Ok(Layer::new(name, config, Some(source)))
    }

    /// The layer of the command line and the request.
    fn load_flags(&self, request: LayerRequest<'_>) -> Result<Option<Layer>, ConfigError> {
        let flags = flags::flags_layer(&self.overrides, request.overrides)?;
        if self.strict
            && let Some(config) = &flags
        {
            let paths = self.overrides.iter().map(|(path, _)| path).chain(request.overrides.keys());
            strict::check_overrides(config, paths)?;
        }
        Ok(flags.map(|config| {
            let folder = request.cwd.unwrap_or(self.home.path());
            let config = normalize::normalize(config, self.path_base(folder));
            Layer::new(LayerName::SessionFlags, config, None)
        }))
    }

    /// Loads the projects around a working folder, outermost first.
    fn load_projects(
        &self,
        cwd: &Path,
        project_files: bool,
        flags: Option<&Layer>,
        stack: &mut LayerStack,
        dependencies: &mut Dependencies<'_>,
    ) -> Result<(), ConfigError> {
        let below = merge_layers(stack.layers.iter().chain(flags));
        let markers = root_markers(&below);
        let project = project::find_project(cwd, &markers, self.home.path(), dependencies);
        let projects = below.get("projects").and_then(Value::as_table);
        stack.trust_level = project::trust_of(cwd, &project, projects, dependencies);
        if project_files {
            for folder in &project.folders {
                let trust = project::trust_of(folder, &project, projects, dependencies);
                let layer = self.load_project(folder, &project, trust, &mut stack.dropped, dependencies)?;
                stack.layers.push(layer);
            }
        }
        stack.project_root = Some(project.root);
        stack.repository_root = project.repository;
        Ok(())
    }

    /// Loads the layer of one `.codex` folder.
    fn load_project(
        &self,
        folder: &Path,
        project: &project::Project,
        trust: Option<TrustLevel>,
        dropped: &mut Vec<DroppedKeys>,
        dependencies: &mut Dependencies<'_>,
    ) -> Result<Layer, ConfigError> {
        let dot_codex_folder = folder.join(".codex");
        let file = dot_codex_folder.join("config.toml");
        let disabled_reason = match trust {
            Some(TrustLevel::Trusted) => None,
            Some(TrustLevel::Untrusted) => Some(format!(
                "{} is marked as untrusted in {}; its configuration is not used.",
                folder.display(),
                self.home.config_file().display()
            )),
            None => Some(format!(
                "The configuration in {} is not used until you trust it: add {} as a trusted project in {}.",
                folder.display(),
                project.root.display(),
                self.home.config_file().display()
            )),
        };
        let trusted = disabled_reason.is_none();
        let source = match dependencies.read(&file) {
            Ok(source) => source,
            Err(error) if trusted => return Err(error),
            Err(_) => None,
        };
        let mut config = match source.as_ref().map(|source| source.table()) {
            Some(Ok(table)) => table.clone(),
            Some(Err(error)) if trusted => {
                return Err(ConfigError::ProjectFile { path: file, drawing: error.drawing.clone() });
            }
            Some(Err(_)) | None => Table::new(),
        };
        let keys = project::drop_denied_keys(&mut config);
        if trusted && let Some(source) = &source {
            check_environment_policy(&config, source)?;
            if self.strict {
                strict::check_file(&config, source)?;
            }
            if !keys.is_empty() {
                dropped.push(DroppedKeys { file, keys });
            }
        }
        let config = normalize::normalize(config, self.path_base(&dot_codex_folder));
        let mut layer = Layer::new(LayerName::Project { dot_codex_folder }, config, source);
        layer.disabled_reason = disabled_reason;
        Ok(layer)
    }

    fn path_base<'a>(&'a self, folder: &'a Path) -> PathBase<'a> {
        PathBase { folder, user_home: self.user_home.as_deref() }
    }
}

/// The names that mark a project's root.
fn root_markers(config: &Table) -> Vec<String> {
    let configured = config.get("project_root_markers").and_then(Value::as_array);
    match configured {
        Some(markers) => markers.iter().filter_map(|marker| marker.as_str().map(str::to_owned)).collect(),
        None => project::DEFAULT_ROOT_MARKERS.map(str::to_owned).to_vec(),
    }
}

/// Refuses a file whose environment filters have wrong types, or that has both forms of them.
fn check_environment_policy(config: &Table, source: &SourceFile) -> Result<(), ConfigError> {
    const KEY: &str = "shell_environment_policy";
    let Some(policy) = config.get(KEY).and_then(Value::as_table) else {
        return Ok(());
    };
    let refuse = |message: String| {
        let span = key_span(source.text(), &[KEY]).unwrap_or(0..0);
        Err(Diagnostic::new(source.path(), source.text(), span, message).into())
    };
    // Merging needs them; an error of the whole comes too late.
    let is_filter = |(key, _): &(&String, &Value)| ["exclude", "include_only", "filters"].contains(&key.as_str());
    let filters: Table = policy.iter().filter(is_filter).map(|(key, value)| (key.clone(), value.clone())).collect();
    if let Err(error) = decode::<ShellEnvironmentPolicyToml>(filters) {
        return refuse(error.message().to_owned());
    }
    let legacy = ["exclude", "include_only"].into_iter().find(|key| policy.contains_key(*key));
    let (Some(legacy), true) = (legacy, policy.contains_key("filters")) else {
        return Ok(());
    };
    refuse(format!("{KEY}: `filters` cannot stand beside `{legacy}`; write all patterns as `filters`"))
}
