//! The loader: reads layers, keeps what it made from them, and makes it anew when a file changed.

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use codex_utils_cli::ConfigOverrides;
use serde_json::{Map, Value};

use crate::app_server::AppServerSettings;
use crate::config::{Config, ResolveContext, resolve, typed};
use crate::env::EnvSnapshot;
use crate::error::ConfigError;
use crate::home::{CodexHome, user_home};
use crate::keys::FeatureInfo;
use crate::layers::{Dependencies, Dependency, DevicePreferences, FileCache, LayerRequest, LayerSources};
use crate::read::{ConfigRead, not_json};
use crate::requirements::{RequirementsRead, allowed_login_methods};
use crate::warnings::{ConfigWarning, unknown_keys};

/// Folder of the files that an administrator keeps.
const SYSTEM_FOLDER: &str = "/etc/codex";

/// Answers kept at most, for as many working folders; beyond that all are forgotten, which only costs time.
const MAX_ANSWERS: usize = 256;

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
    /// Requirements from the cloud, lowest first: what to call the source, and its text.
    pub requirement_fragments: Vec<(String, String)>,
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
            requirement_fragments: Vec::new(),
            preferences: DevicePreferences::of_this_machine(),
            host_name: gethostname::gethostname().to_string_lossy().into_owned(),
        }
    }
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
        Self::with_options(home, overrides, env, LoaderOptions::of_this_machine())
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
        Self::with_options(home, overrides, env, options)
    }

    /// As [`ConfigLoader::new`], with options of the caller's.
    ///
    /// # Errors
    ///
    /// As [`ConfigLoader::new`]. When loading is strict, also whatever is wrong with the user's file.
    pub fn with_options(
        home: CodexHome,
        overrides: ConfigOverrides,
        env: EnvSnapshot,
        options: LoaderOptions,
    ) -> Result<Self, ConfigError> {
        if let Some(name) = overrides.features.iter().find(|name| FeatureInfo::find(name).is_none()) {
            return Err(ConfigError::UnknownFeature(name.clone()));
        }
        let files = FileCache::default();
        let app_server = AppServerSettings::load(&home, &env, &files);
        let mut loader = Self {
            sources: LayerSources {
                home,
                system_folder: options.system_folder,
                user_home: user_home(&|name| env.get(name).map(ToOwned::to_owned)),
                overrides: overrides.values,
                strict: options.strict,
                requirement_fragments: options.requirement_fragments,
                preferences: options.preferences,
                host_name: options.host_name,
            },
            env,
            app_server,
            files,
            reads: Answers::default(),
            configs: Answers::default(),
            requirements: Answers::default(),
            startup_warnings: Vec::new(),
        };
        loader.startup_warnings = loader.start()?;
        Ok(loader)
    }

    /// The first load: what keeps the server from starting, or what to warn about.
    fn start(&self) -> Result<Vec<ConfigWarning>, ConfigError> {
        let mut warnings = self.app_server.warnings.clone();
        match self.load(&LoadRequest::default()) {
            Ok(config) => {
                warnings.extend_from_slice(&config.requirement_warnings);
                warnings.extend(config.approval_and_sandbox(None, None).warnings().cloned());
                warnings.extend(config.reviewer(None).warning);
            }
            Err(error @ ConfigError::UntrustedPolicy) => return Err(error),
            Err(error) if self.sources.strict => return Err(error),
            Err(error @ ConfigError::RequirementsSyntax(_)) => {
                warnings.push(ConfigWarning::invalid("Invalid configuration; using defaults.", &error));
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
                warnings.push(ConfigWarning::invalid("Invalid configuration; using defaults.", &error));
            }
        }
        let request = Map::new();
        let mut dependencies = Dependencies::new(&self.files);
        let stack = self.sources.load(layer_request(None, &request), &mut dependencies);
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
            let request = Map::new();
            let stack = self.sources.load(layer_request(cwd, &request), dependencies)?;
            let config = typed(&stack, stack.merged())?;
            match resolve(&stack, config.clone(), self.context(), dependencies) {
                // What cannot be done yet can be shown.
                Ok(_) | Err(ConfigError::Unsupported(_)) => {}
                Err(error) => return Err(error),
            }
            ConfigRead::new(&stack, &config, include_layers)
        })
    }

    /// What an administrator demands, as the files say now. The same `Arc` as before while no file changed.
    ///
    /// # Errors
    ///
    /// When a layer or the requirements cannot be read; [`ConfigError::read_message`] is the text to answer with.
    pub fn requirements(&self) -> Result<Arc<RequirementsRead>, ConfigError> {
        self.requirements.get(&(), &self.files, |dependencies| {
            let request = Map::new();
            let stack = self.sources.load(layer_request(None, &request), dependencies)?;
            let login_methods = allowed_login_methods(&stack.requirements, &stack.merged());
            let json = stack.requirements.json(&login_methods).map_err(not_json)?;
            Ok(RequirementsRead { requirements: stack.requirements, login_methods, json })
        })
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
        let config = typed(&stack, stack.merged())?;
        resolve(&stack, config, self.context(), &mut dependencies).map(Arc::new)
    }

    fn make_config(
        &self,
        request: LayerRequest<'_>,
        dependencies: &mut Dependencies<'_>,
    ) -> Result<Config, ConfigError> {
        let stack = self.sources.load(request, dependencies)?;
        let config = typed(&stack, stack.merged())?;
        resolve(&stack, config, self.context(), dependencies)
    }

    fn context(&self) -> ResolveContext<'_> {
        ResolveContext { env: &self.env, app_server: &self.app_server }
    }
}

fn layer_request<'a>(cwd: Option<&'a Path>, overrides: &'a Map<String, Value>) -> LayerRequest<'a> {
    LayerRequest { cwd, overrides, user_files: true }
}

/// Answers that are given again while nothing they were made from changed.
struct Answers<K, T> {
    answers: Mutex<HashMap<K, Answer<T>>>,
}

struct Answer<T> {
    made_from: Arc<[Dependency]>,
    value: Arc<T>,
}

impl<K, T> Default for Answers<K, T> {
    fn default() -> Self {
        Self { answers: Mutex::new(HashMap::new()) }
    }
}

impl<K: Clone + Eq + std::hash::Hash, T> Answers<K, T> {
    /// The answer for a key, made when there is none that still holds. Errors are not kept.
    fn get(
        &self,
        key: &K,
        files: &FileCache,
        make: impl FnOnce(&mut Dependencies<'_>) -> Result<T, ConfigError>,
    ) -> Result<Arc<T>, ConfigError> {
        let known = self.lock().get(key).map(|answer| (Arc::clone(&answer.made_from), Arc::clone(&answer.value)));
        if let Some((made_from, value)) = known
            && made_from.iter().all(|dependency| dependency.holds(files))
        {
            return Ok(value);
        }
        let mut dependencies = Dependencies::new(files);
        let value = Arc::new(make(&mut dependencies)?);
        let answer = Answer { made_from: dependencies.into_seen().into(), value: Arc::clone(&value) };
        let mut answers = self.lock();
        if answers.len() >= MAX_ANSWERS {
            answers.clear();
        }
        answers.insert(key.clone(), answer);
        Ok(value)
    }

    fn lock(&self) -> MutexGuard<'_, HashMap<K, Answer<T>>> {
        self.answers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
