//! A home folder, a system folder and a project in a temporary folder.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use codex_config_loader::{
    CloudBundle, CloudFragment, Config, ConfigError, ConfigLoader, DevicePreferences, EnvSnapshot, LoadRequest,
    LoaderOptions, find_codex_home,
};
use codex_utils_cli::CliConfigOverrides;
use serde_json::Value;

/// Folders `home/` (CODEX_HOME), `etc/` (of the system), `user/` (of the user) and whatever files name.
pub struct Place {
    folder: tempfile::TempDir,
    overrides: CliConfigOverrides,
    env: BTreeMap<String, String>,
    options: LoaderOptions,
    fragments: Vec<CloudFragment>,
}

impl Place {
    /// An empty place; `$ROOT` in texts stands for its path.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = LoaderOptions {
            system_folder: folder.path().canonicalize().unwrap().join("etc"),
            strict: false,
            profile: None,
            preferences: DevicePreferences::default(),
            host_name: "build-7.example.com".to_owned(),
        };
        let place = Self {
            folder,
            overrides: CliConfigOverrides::default(),
            env: BTreeMap::new(),
            options,
            fragments: Vec::new(),
        };
        for name in ["home", "etc", "user"] {
            std::fs::create_dir(place.path(name)).unwrap();
        }
        place.env("CODEX_HOME", "$ROOT/home").env("HOME", "$ROOT/user")
    }

    /// A place whose user file has this text.
    pub fn with_user_file(text: &str) -> Self {
        Self::new().file("home/config.toml", text)
    }

    pub fn root(&self) -> PathBuf {
        self.folder.path().canonicalize().unwrap()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    /// A text with `$ROOT` replaced.
    pub fn real(&self, text: &str) -> String {
        text.replace("$ROOT", self.root().to_str().unwrap())
    }

    /// A text with the path of this place replaced by `$ROOT`.
    pub fn shown(&self, text: impl ToString) -> String {
        text.to_string().replace(self.root().to_str().unwrap(), "$ROOT")
    }

    pub fn file(self, name: &str, text: &str) -> Self {
        self.write(name, text);
        self
    }

    pub fn write(&self, name: &str, text: &str) {
        let path = self.path(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, self.real(text)).unwrap();
    }

    pub fn env(mut self, name: &str, value: &str) -> Self {
        let value = self.real(value);
        self.env.insert(name.to_owned(), value);
        self
    }

    /// Arguments of `-c`.
    pub fn flags(mut self, flags: &[&str]) -> Self {
        self.overrides.raw.extend(flags.iter().map(ToString::to_string));
        self
    }

    pub fn enable(mut self, feature: &str) -> Self {
        self.overrides.enable.push(feature.to_owned());
        self
    }

    pub fn disable(mut self, feature: &str) -> Self {
        self.overrides.disable.push(feature.to_owned());
        self
    }

    /// With a profile over the user's file.
    pub fn profile(mut self, name: &str) -> Self {
        self.options.profile = Some(name.to_owned());
        self
    }

    pub fn start(&self) -> Result<ConfigLoader, ConfigError> {
        let mut loader = self.prepare()?;
        loader.start()?;
        Ok(loader)
    }

    /// A loader that has not loaded anything yet.
    pub fn prepare(&self) -> Result<ConfigLoader, ConfigError> {
        let home = find_codex_home(&|name| self.env.get(name).map(Into::into), &self.root()).unwrap();
        let env = EnvSnapshot::new(self.env.iter().map(|(name, value)| (name.into(), value.into())));
        let overrides = self.overrides.parse_overrides()?;
        let loader = ConfigLoader::prepare(home, overrides, env, self.options.clone())?;
        if !self.fragments.is_empty() {
            let bundle = CloudBundle::new(Vec::new(), self.fragments.clone()).unwrap();
            loader.set_cloud_bundle(Some(Arc::new(bundle)));
        }
        Ok(loader)
    }

    /// Makes unknown keys errors.
    pub fn strict(mut self) -> Self {
        self.options.strict = true;
        self
    }

    /// Adds requirements from the cloud, below those that are there.
    pub fn fragment(mut self, name: &str, text: &str) -> Self {
        self.fragments.push(CloudFragment { id: name.to_owned(), name: name.to_owned(), contents: text.to_owned() });
        self
    }

    /// Sets what device management hands out: the texts before they are encoded.
    pub fn device(mut self, config: &str, requirements: &str) -> Self {
        let encode = |text: &str| (!text.is_empty()).then(|| STANDARD.encode(text));
        self.options.preferences =
            DevicePreferences { config_toml_base64: encode(config), requirements_toml_base64: encode(requirements) };
        self
    }

    /// The fields of configRequirements/read that say something; null when there are no requirements.
    pub fn requirements(&self) -> Value {
        let read = self.loader().requirements().unwrap();
        let answer: Value = serde_json::from_str(&self.shown(&read.json)).unwrap();
        assert_eq!(answer["supportsIndependentSpeedModes"], true);
        match &answer["requirements"] {
            Value::Object(fields) => {
                let all_logins = serde_json::json!(["api", "chatgpt"]);
                let says = |key: &str, value: &Value| {
                    !(value.is_null() || key == "allowedLoginMethods" && *value == all_logins)
                };
                fields
                    .iter()
                    .filter(|(key, value)| says(key, value))
                    .map(|(key, value)| (key.clone(), value.clone()))
                    .collect()
            }
            other => other.clone(),
        }
    }

    pub fn loader(&self) -> ConfigLoader {
        self.start().unwrap()
    }

    /// Why the start fails.
    pub fn start_error(&self) -> String {
        self.shown(self.start().unwrap_err())
    }

    /// The answer of config/read, with paths replaced.
    pub fn read(&self) -> Value {
        self.read_in(None)
    }

    /// The answer of config/read for a working folder.
    pub fn read_in(&self, cwd: Option<&str>) -> Value {
        let cwd = cwd.map(|cwd| self.path(cwd));
        read(self, &self.loader(), cwd.as_deref())
    }

    /// The message of a failed config/read.
    pub fn read_error(&self) -> String {
        self.shown(self.loader().read(None, true).unwrap_err().read_message())
    }

    /// The warnings at the start, with paths replaced.
    pub fn warnings(&self) -> Vec<Value> {
        let warnings = serde_json::to_string(&self.loader().startup_warnings()).unwrap();
        serde_json::from_str(&self.shown(warnings)).unwrap()
    }

    /// The configuration of a thread in a folder with values of its own.
    pub fn load(&self, cwd: &str, overrides: Value) -> Result<Arc<Config>, ConfigError> {
        let request = LoadRequest { cwd: Some(self.path(cwd)), overrides: overrides.as_object().unwrap().clone() };
        self.loader().load(&request)
    }
}

/// The answer of config/read with layers, with paths replaced.
pub fn read(place: &Place, loader: &ConfigLoader, cwd: Option<&Path>) -> Value {
    let answer = loader.read(cwd, true).unwrap();
    serde_json::from_str(&place.shown(&answer.json)).unwrap()
}

/// The types of the layers and their values, highest first.
pub fn layers_of(answer: &Value) -> Vec<(String, Value)> {
    let layers = answer["layers"].as_array().unwrap();
    layers
        .iter()
        .map(|layer| {
            let name = layer["name"]["type"].as_str().unwrap();
            (name.to_owned(), layer["config"].clone())
        })
        .collect()
}

/// The dotted path of each leaf and the type of its layer.
pub fn origins_of(answer: &Value) -> Vec<(String, String)> {
    let origins = answer["origins"].as_object().unwrap();
    let mut origins: Vec<_> = origins
        .iter()
        .map(|(path, origin)| {
            let layer = origin["name"]["type"].as_str().unwrap();
            (path.clone(), layer.to_owned())
        })
        .collect();
    origins.sort();
    origins
}
