//! The loader: reads layers, keeps what it made from them, and makes it anew when a file changed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use codex_utils_cli::ConfigOverrides;
use serde_json::{Map, Value};

use crate::answers::Answers;
use crate::app_server::AppServerSettings;
use crate::cloud::{CloudBundle, CloudError, CloudSlot};
use crate::config::{
    BUILT_IN_PROFILES, Config, DEFAULT_CHATGPT_BASE_URL, FeatureSwitches, Permissions, ResolveContext, resolve, typed,
};
use crate::decode::decode_value;
use crate::env::EnvSnapshot;
use crate::error::ConfigError;
use crate::home::{CodexHome, user_home};
use crate::keys::{FeatureInfo, SWITCHABLE_FEATURES};
use crate::layers::{Dependencies, DevicePreferences, FileCache, LayerRequest, LayerSources, LayerStack};
use crate::read::{ConfigRead, not_json};
use crate::requirements::{RequirementsRead, allowed_login_methods};
use crate::warnings::{ConfigWarning, unknown_keys};

/// Folder of the files that an administrator keeps.
const SYSTEM_FOLDER: &str = "/etc/codex";

/// Told to every client when the configuration could not be used at the start.
const UNUSABLE: &str = "Invalid configuration; using defaults.";

/// Which configuration to load.
#[derive(Clone, Default)]
pub struct LoadRequest {
    /// The working folder, absolute; none leaves out projects.
    pub cwd: Option<PathBuf>,
    /// Values of the request, over those of the command line: keys are dotted paths, objects replace whole tables.
    pub overrides: Map<String, Value>,
}

impl std::fmt::Debug for LoadRequest {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let keys: Vec<&String> = self.overrides.keys().collect();
        formatter.debug_struct("LoadRequest").field("cwd", &self.cwd).field("overrides", &keys).finish()
    }
}

/// What a loader works with besides the user's files.
#[derive(Clone, Debug)]
pub struct LoaderOptions {
    /// Folder of the files that an administrator keeps.
    pub system_folder: PathBuf,
    /// Whether keys that nothing knows are errors rather than warnings.
    pub strict: bool,
    /// Name of a profile: `<name>.config.toml` in CODEX_HOME lies over the user's file, and writes go to it.
    pub profile: Option<String>,
    /// What device management hands out.
    pub preferences: DevicePreferences,
    /// The name of this machine, which some requirements ask for.
    pub host_name: String,
}

impl LoaderOptions {
    /// Those of this machine.
    pub fn of_this_machine() -> Self {
        Self {
            system_folder: PathBuf::from(SYSTEM_FOLDER),
            strict: false,
            profile: None,
            preferences: DevicePreferences::of_this_machine(),
            host_name: gethostname::gethostname().to_string_lossy().into_owned(),
        }
    }
}

/// A permission profile, as needed to offer it for choice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PermissionProfile {
    /// Its id; built-in ones begin with a colon.
    pub id: String,
    /// What it allows, for people.
    pub description: Option<String>,
    /// Whether an administrator's requirements let it be chosen.
    pub allowed: bool,
}

/// Loads configuration; cheap to ask again. Files are looked at on every call and parsed when they changed.
pub struct ConfigLoader {
    sources: LayerSources,
    env: EnvSnapshot,
    app_server: AppServerSettings,
    files: FileCache,
    reads: Answers<(Option<PathBuf>, bool), ConfigRead>,
    configs: Answers<Option<PathBuf>, Config>,
    requirements: Answers<(), RequirementsRead>,
    startup_warnings: Vec<ConfigWarning>,
    switched: Mutex<Arc<FeatureSwitches>>,
}

impl std::fmt::Debug for ConfigLoader {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("ConfigLoader").field("home", &self.sources.home).finish_non_exhaustive()
    }
}

impl ConfigLoader {
    /// Prepares loading and loads once.
    ///
    /// # Errors
    ///
    /// What must end the start, each with the text to print: flags that name no feature or have a wrong value, broken
    /// files of an administrator, `approval_policy = "untrusted"`. A broken file of the user is a warning.
    pub fn new(home: CodexHome, overrides: ConfigOverrides, env: EnvSnapshot) -> Result<Self, ConfigError> {
        Self::with_system_folder(home, overrides, env, Path::new(SYSTEM_FOLDER))
    }

    /// As [`ConfigLoader::new`], with another folder than the system's for the files of an administrator.
    ///
    /// # Errors
    ///
    /// As [`ConfigLoader::new`].
    pub fn with_system_folder(
        home: CodexHome,
        overrides: ConfigOverrides,
        env: EnvSnapshot,
        system_folder: &Path,
    ) -> Result<Self, ConfigError> {
        let options = LoaderOptions { system_folder: system_folder.to_owned(), ..LoaderOptions::of_this_machine() };
        let mut loader = Self::prepare(home, overrides, env, options)?;
        loader.start()?;
        Ok(loader)
    }

    /// As [`ConfigLoader::new`] without the first load: for who still gets the managed configuration of the workspace.
    /// [`ConfigLoader::start`] has to follow.
    ///
    /// # Errors
    ///
    /// Flags that name no feature.
    pub fn prepare(
        home: CodexHome,
        overrides: ConfigOverrides,
        env: EnvSnapshot,
        options: LoaderOptions,
    ) -> Result<Self, ConfigError> {
        if let Some(name) = &options.profile
            && (name.is_empty() || name.starts_with('.') || name.contains(['/', '\\']))
        {
            let message =
                format!("`{name}` is no name of a profile: it names the file `<name>.config.toml` in CODEX_HOME");
            return Err(ConfigError::Meaning(message));
        }
        if let Some(name) = overrides.features.iter().find(|name| FeatureInfo::find(name).is_none()) {
            return Err(ConfigError::UnknownFeature(name.clone()));
        }
        let files = FileCache::default();
        let app_server = AppServerSettings::load(&home, &env, &files);
        Ok(Self {
            sources: LayerSources {
                home,
                system_folder: options.system_folder,
                user_home: user_home(&|name| env.get(name).map(ToOwned::to_owned)),
                profile: options.profile,
                overrides: overrides.values,
                strict: options.strict,
                preferences: options.preferences,
                host_name: options.host_name,
                cloud: Arc::new(CloudSlot::default()),
            },
            env,
            app_server,
            files,
            reads: Answers::default(),
            configs: Answers::default(),
            requirements: Answers::default(),
            startup_warnings: Vec::new(),
            switched: Mutex::default(),
        })
    }

    /// The first load.
    ///
    /// # Errors
    ///
    /// As [`ConfigLoader::new`]. When loading is strict, also whatever is wrong with the user's file.
    pub fn start(&mut self) -> Result<(), ConfigError> {
        self.startup_warnings = self.first_load()?;
        Ok(())
    }

    /// What keeps the server from starting, or what to warn about.
    fn first_load(&self) -> Result<Vec<ConfigWarning>, ConfigError> {
        let mut warnings = self.app_server.warnings.clone();
        let mut dependencies = Dependencies::new(&self.files);
        let stack = self.layers(None, &mut dependencies);
        let config = stack.as_ref().map_err(Clone::clone).and_then(|stack| self.config_of(stack, &mut dependencies));
        match config {
            Ok(config) => {
                warnings.extend_from_slice(&config.requirement_warnings);
                warnings.extend(config.approval_and_sandbox(None, None).warnings().cloned());
                warnings.extend(config.reviewer(None).warning);
            }
            // A profile that is named on purpose is no broken file of the user.
            Err(error @ (ConfigError::UntrustedPolicy | ConfigError::NoProfile { .. })) => return Err(error),
            Err(error) if self.sources.strict => return Err(error),
            // The server runs and refuses what needs a configuration, until the workspace's can be had and the requirements
            // can be read.
            Err(error @ (ConfigError::Cloud(_) | ConfigError::RequirementsSyntax(_))) => {
                warnings.push(ConfigWarning::invalid(UNUSABLE, &error));
            }
            Err(error) => {
                match self.load_without_user(true) {
                    Ok(_) => {}
                    // The flags may name something that the user's broken file would have brought; they are to blame
                    // only when they fail the same way without it.
                    Err(other @ (ConfigError::Meaning(_) | ConfigError::Unsupported(_))) if other != error => {
                        self.load_without_user(false)?;
                    }
                    Err(error) => return Err(error),
                }
                warnings.push(ConfigWarning::invalid(UNUSABLE, &error));
            }
        }
        if let Ok(stack) = stack {
            warnings.extend(unknown_keys(&stack));
            if allowed_login_methods(&stack.requirements, &stack.merged()).is_empty() {
                return Err(ConfigError::NoLogin);
            }
        }
        Ok(warnings)
    }

    /// CODEX_HOME.
    pub fn home(&self) -> &CodexHome {
        &self.sources.home
    }

    pub(crate) fn sources(&self) -> &LayerSources {
        &self.sources
    }

    pub(crate) fn files(&self) -> &FileCache {
        &self.files
    }

    /// Puts the managed configuration of the workspace in use, or takes it out; loads from now on see it.
    pub fn set_cloud_bundle(&self, bundle: Option<Arc<CloudBundle>>) {
        self.sources.cloud.set_bundle(bundle);
    }

    /// There must be a managed configuration and there is none: from now on every load fails, until there is.
    pub fn set_cloud_failure(&self, error: &CloudError) {
        self.sources.cloud.set_failure(&error.to_string());
    }

    /// Base URL of the ChatGPT backend as the layers say, without looking at anything else in them.
    ///
    /// # Errors
    ///
    /// A file of an administrator that cannot be read, or flags that are no overrides. Broken files of the user are
    /// passed over.
    pub fn chatgpt_base_url(&self) -> Result<String, ConfigError> {
        let request = Map::new();
        let layers = layer_request(None, &request);
        let mut dependencies = Dependencies::new(&self.files);
        let stack = self
            .sources
            .load(layers, &mut dependencies)
            .or_else(|_| self.sources.load(LayerRequest { user_files: false, ..layers }, &mut dependencies))?;
        let merged = stack.merged();
        let url = merged.get("chatgpt_base_url").and_then(|url| url.as_str());
        Ok(url.unwrap_or(DEFAULT_CHATGPT_BASE_URL).to_owned())
    }

    /// The home folder of the user, where it is known.
    pub fn user_home(&self) -> Option<&Path> {
        self.sources.user_home.as_deref()
    }

    /// The environment that was taken at the start.
    pub fn env(&self) -> &EnvSnapshot {
        &self.env
    }

    /// The settings of `app-server.toml`.
    pub fn app_server(&self) -> &AppServerSettings {
        &self.app_server
    }

    /// What to tell every client about the configuration as it was at the start.
    pub fn startup_warnings(&self) -> Vec<ConfigWarning> {
        self.startup_warnings.clone()
    }

    /// The configuration for a working folder and a request's own values.
    ///
    /// # Errors
    ///
    /// When it cannot be used; the text is what thread/start puts behind `failed to load configuration: `.
    pub fn load(&self, request: &LoadRequest) -> Result<Arc<Config>, ConfigError> {
        if !request.overrides.is_empty() {
            let mut dependencies = Dependencies::new(&self.files);
            let layers = layer_request(request.cwd.as_deref(), &request.overrides);
            return self.make_config(layers, &mut dependencies).map(Arc::new);
        }
        self.configs.get(&request.cwd, &self.files, |dependencies| {
            let layers = layer_request(request.cwd.as_deref(), &request.overrides);
            self.make_config(layers, dependencies)
        })
    }

    /// As [`ConfigLoader::load`]; when that fails, what administrators and the command line say over the defaults. For
    /// what the server itself needs, not for threads.
    ///
    /// # Errors
    ///
    /// When even that fails, as the files of an administrator broke after the start.
    pub fn load_or_defaults(&self, request: &LoadRequest) -> Result<Arc<Config>, ConfigError> {
        self.load(request).or_else(|_| self.load_without_user(true)).or_else(|_| self.load_without_user(false))
    }

    /// The answer of config/read; `cwd` is absolute. The same `Arc` as before while no file changed.
    ///
    /// # Errors
    ///
    /// When the configuration cannot be used; [`ConfigError::read_message`] is the text to answer with.
    pub fn read(&self, cwd: Option<&Path>, include_layers: bool) -> Result<Arc<ConfigRead>, ConfigError> {
        let key = (cwd.map(Path::to_owned), include_layers);
        self.reads.get(&key, &self.files, |dependencies| {
            let stack = self.layers(cwd, dependencies)?;
            let config = typed(&stack, stack.merged())?;
            let switched = self.switched();
            match resolve(&stack, config.clone(), self.context(&switched), dependencies) {
                // What cannot be done yet can be shown.
                Ok(_) | Err(ConfigError::Unsupported(_)) => {}
                Err(error) => return Err(error),
            }
            ConfigRead::new(&stack, &config, &switched, include_layers)
        })
    }

    /// What an administrator demands, as the files say now. The same `Arc` as before while no file changed.
    ///
    /// # Errors
    ///
    /// When a layer or the requirements cannot be read; [`ConfigError::read_message`] is the text to answer with.
    pub fn requirements(&self) -> Result<Arc<RequirementsRead>, ConfigError> {
        self.requirements.get(&(), &self.files, |dependencies| {
            let stack = self.layers(None, dependencies)?;
            let login_methods = allowed_login_methods(&stack.requirements, &stack.merged());
            let json = stack.requirements.json(&login_methods).map_err(not_json)?;
            Ok(RequirementsRead { requirements: stack.requirements, login_methods, json })
        })
    }

    /// The merged layers as they were written, before any key gets a type.
    ///
    /// # Errors
    ///
    /// When a layer cannot be read.
    pub fn load_toml(&self, cwd: Option<&Path>) -> Result<toml::Table, ConfigError> {
        let stack = self.layers_now(cwd)?;
        Ok(stack.merged())
    }

    /// The permission profiles that can be chosen: the built-in ones, then those of the configuration by id. Only this
    /// part of the configuration needs to be right.
    ///
    /// # Errors
    ///
    /// When the layers cannot be read.
    pub fn permission_profiles(&self, cwd: Option<&Path>) -> Result<Vec<PermissionProfile>, ConfigError> {
        let stack = self.layers_now(cwd)?;
        let merged = stack.merged();
        let configured = merged.get("permissions").and_then(toml::Value::as_table);
        let typed = |(id, value): (&String, &toml::Value)| Some((id.clone(), decode_value(value.clone()).ok()?));
        let mut profiles: BTreeMap<_, _> = configured.into_iter().flatten().filter_map(typed).collect();
        profiles.extend(stack.requirements.profiles().map(|(id, profile)| (id.clone(), profile.clone())));
        let permissions = Permissions { profiles, ..Permissions::default() };
        let bounds = stack.requirements.bounds(None);
        let profile = |id: &str, description: Option<&str>| PermissionProfile {
            id: id.to_owned(),
            description: description.map(str::to_owned),
            allowed: stack.requirements.allows_profile(id)
                && bounds.check_sandbox_mode(permissions.mode_of_profile(id)).is_ok(),
        };
        let built_in = BUILT_IN_PROFILES.map(|id| profile(id, None));
        let own = configured.into_iter().flatten().map(|(id, value)| {
            let description = value.get("description").and_then(toml::Value::as_str);
            (id, profile(id, description))
        });
        let demanded = stack.requirements.profiles();
        let demanded = demanded.map(|(id, demanded)| (id, profile(id, demanded.description.as_deref())));
        let own: BTreeMap<&String, PermissionProfile> = own.chain(demanded).collect();
        Ok(built_in.into_iter().chain(own.into_values()).collect())
    }

    /// The configuration without the user's and the projects' files, with or without the command line.
    fn load_without_user(&self, with_flags: bool) -> Result<Arc<Config>, ConfigError> {
        let request = Map::new();
        let layers = LayerRequest { user_files: false, ..layer_request(None, &request) };
        let mut dependencies = Dependencies::new(&self.files);
        if with_flags {
            return self.make_config(layers, &mut dependencies).map(Arc::new);
        }
        let sources = LayerSources { overrides: Vec::new(), ..self.sources.clone() };
        let stack = sources.load(layers, &mut dependencies)?;
        self.config_of(&stack, &mut dependencies).map(Arc::new)
    }

    fn make_config(
        &self,
        request: LayerRequest<'_>,
        dependencies: &mut Dependencies<'_>,
    ) -> Result<Config, ConfigError> {
        let stack = self.sources.load(request, dependencies)?;
        self.config_of(&stack, dependencies)
    }

    /// The configuration that layers make together.
    fn config_of(&self, stack: &LayerStack, dependencies: &mut Dependencies<'_>) -> Result<Config, ConfigError> {
        let config = typed(stack, stack.merged())?;
        resolve(stack, config, self.context(&self.switched()), dependencies)
    }

    /// The layers for a working folder, without values of a request.
    fn layers(&self, cwd: Option<&Path>, dependencies: &mut Dependencies<'_>) -> Result<LayerStack, ConfigError> {
        self.sources.load(layer_request(cwd, &Map::new()), dependencies)
    }

    /// The layers as they are now, for what is not prepared.
    pub(crate) fn layers_now(&self, cwd: Option<&Path>) -> Result<LayerStack, ConfigError> {
        self.layers(cwd, &mut Dependencies::new(&self.files))
    }

    fn context<'a>(&'a self, switched: &'a FeatureSwitches) -> ResolveContext<'a> {
        ResolveContext { env: &self.env, app_server: &self.app_server, switched }
    }

    /// The features that clients switched for the running process.
    fn switched(&self) -> Arc<FeatureSwitches> {
        Arc::clone(&self.switched.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Switches features for the running process, below what is configured; nothing is written. Names that cannot be
    /// switched so are passed over; what was switched comes back.
    pub fn switch_features<'a>(&self, switches: impl IntoIterator<Item = (&'a str, bool)>) -> FeatureSwitches {
        let known = |name: &str| SWITCHABLE_FEATURES.into_iter().find(|known| *known == name);
        let taken: FeatureSwitches =
            switches.into_iter().filter_map(|(name, enabled)| Some((known(name)?, enabled))).collect();
        if !taken.is_empty() {
            let mut switched = self.switched.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::make_mut(&mut *switched).extend(taken.iter().map(|(name, enabled)| (*name, *enabled)));
            drop(switched);
            self.reads.forget();
            self.configs.forget();
        }
        taken
    }
}

fn layer_request<'a>(cwd: Option<&'a Path>, overrides: &'a Map<String, Value>) -> LayerRequest<'a> {
    LayerRequest { cwd, overrides, user_files: true }
}
