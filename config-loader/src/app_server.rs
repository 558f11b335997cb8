//! `$CODEX_HOME/app-server.toml`: settings of this server that config.toml has no place for.
//!
//! The file is optional and never ends the server: what is wrong in it is warned about, and a file that cannot be used
//! as a whole leaves the defaults. It is read once, at the start.

use std::collections::BTreeMap;
use std::num::NonZeroU32;
use std::path::{Path, PathBuf};
use std::time::Duration;

use serde::{Deserialize, Deserializer, de};
use toml::Value;

use crate::decode::decode_watched;
use crate::diagnostics::{Diagnostic, syntax_error};
use crate::env::EnvSnapshot;
use crate::error::ConfigError;
use crate::home::{CodexHome, user_home};
use crate::keys::{ModelProviderToml, WireApi};
use crate::layers::FileCache;
use crate::path::{PathBase, with_base};
use crate::warnings::ConfigWarning;

/// Settings of this server that config.toml has no place for.
#[derive(Clone, Debug, PartialEq)]
pub struct AppServerSettings {
    /// Limits.
    pub limits: Limits,
    /// Further model providers, by id; chat completions are allowed here.
    pub model_providers: BTreeMap<String, ModelProviderToml>,
    /// Script of the embedded scripted model, absolute; none means the default script.
    pub script: Option<PathBuf>,
    /// Whether the websocket listener shows the numbers of the process under `/metrics`.
    pub metrics: bool,
    /// What is wrong with the file.
    pub warnings: Vec<ConfigWarning>,
}

/// Limits of the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Longest line a client may send, in bytes.
    pub max_line_bytes: usize,
    /// Bytes waiting for one connection above which neighbouring text deltas are merged.
    pub outbound_soft_bytes: usize,
    /// Bytes waiting for one connection above which a websocket client is disconnected.
    pub outbound_hard_bytes: usize,
    /// How long a websocket client may take nothing of what waits for it.
    pub outbound_max_age: Duration,
    /// Websocket connections that may be open.
    pub max_connections: NonZeroU32,
    /// Requests of one connection that may be unanswered.
    pub requests_in_flight: NonZeroU32,
    /// How long the handshake of a websocket may take.
    pub handshake_timeout: Duration,
    /// How long a websocket client may be silent before it is pinged, and then before it is given up; none for ever.
    pub ping_interval: Option<Duration>,
    /// How long a turn waits in all for a model provider that sends nothing; none means for ever.
    pub provider_deadline: Option<Duration>,
    /// How long running turns may go on after the first signal to end.
    pub shutdown_drain: Duration,
    /// Bytes of memory for a thread's latest events, kept for clients that come back; only while some client asks for it, and
    /// no more than [`Self::outbound_hard_bytes`].
    pub replay_bytes: usize,
    /// How long they are kept at most.
    pub replay_max_age: Duration,
}

/// More than anybody has needed, and less than hurts.
const MANY: NonZeroU32 = match NonZeroU32::new(4096) {
    Some(number) => number,
    None => NonZeroU32::MIN,
};

impl Default for Limits {
    fn default() -> Self {
        Self {
            max_line_bytes: 64 << 20,
            outbound_soft_bytes: 256 << 10,
            outbound_hard_bytes: 16 << 20,
            outbound_max_age: Duration::from_secs(60),
            max_connections: MANY,
            requests_in_flight: MANY,
            handshake_timeout: Duration::from_secs(10),
            ping_interval: Some(Duration::from_secs(30)),
            provider_deadline: Some(Duration::from_secs(300)),
            shutdown_drain: Duration::from_secs(30),
            replay_bytes: 2 << 20,
            replay_max_age: Duration::from_secs(600),
        }
    }
}

/// The file as it is written.
#[derive(Default, Deserialize)]
#[serde(default)]
struct AppServerToml {
    limits: LimitsToml,
    model_providers: BTreeMap<String, toml::Table>,
    scripted: ScriptedToml,
    metrics: MetricsToml,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct LimitsToml {
    max_line_bytes: Option<usize>,
    outbound_soft_bytes: Option<usize>,
    outbound_hard_bytes: Option<usize>,
    outbound_max_age_s: Option<SomeSeconds>,
    max_connections: Option<NonZeroU32>,
    requests_in_flight: Option<NonZeroU32>,
    handshake_timeout_s: Option<SomeSeconds>,
    ping_interval_s: Option<Seconds>,
    provider_deadline_s: Option<Seconds>,
    shutdown_drain_s: Option<Seconds>,
    replay_bytes: Option<usize>,
    replay_max_age_s: Option<Seconds>,
}

/// A number of seconds, whole or not.
#[derive(Clone, Copy)]
struct Seconds(Duration);

impl Seconds {
    /// 0 stands for no limit.
    fn limit(self) -> Option<Duration> {
        (!self.0.is_zero()).then_some(self.0)
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let seconds = f64::deserialize(deserializer)?;
        // What is longer than a year is as good as one, and no sum with it overflows; what is no number is wrong.
        let seconds = if seconds > MOST_SECONDS { MOST_SECONDS } else { seconds };
        Duration::try_from_secs_f64(seconds)
            .map(Self)
            .map_err(|_| de::Error::invalid_value(de::Unexpected::Float(seconds), &"a number of seconds"))
    }
}

/// A number of seconds that is not 0: with no time at all nobody could connect.
#[derive(Clone, Copy)]
struct SomeSeconds(Duration);

impl<'de> Deserialize<'de> for SomeSeconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let Seconds(time) = Seconds::deserialize(deserializer)?;
        if time.is_zero() {
            return Err(de::Error::invalid_value(de::Unexpected::Float(0.0), &"more than 0 seconds"));
        }
        Ok(Self(time))
    }
}

const MOST_SECONDS: f64 = 366.0 * 24.0 * 3600.0;

#[derive(Default, Deserialize)]
#[serde(default)]
struct ScriptedToml {
    script: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct MetricsToml {
    enabled: bool,
}

impl AppServerSettings {
    /// Reads the file in CODEX_HOME.
    pub(crate) fn load(home: &CodexHome, env: &EnvSnapshot, files: &FileCache) -> Self {
        let mut settings = Self {
            limits: Limits::default(),
            model_providers: BTreeMap::new(),
            script: None,
            metrics: false,
            warnings: Vec::new(),
        };
        let path = home.path().join("app-server.toml");
        let user_home = user_home(&|name| env.get(name).map(ToOwned::to_owned));
        let base = PathBase { folder: home.path(), user_home: user_home.as_deref() };
        let loaded = match files.read(&path) {
            Ok(None) => return settings,
            Ok(Some(source)) => settings.apply(&path, source.text(), base).map_err(ConfigError::from),
            Err(error) => Err(error),
        };
        if let Err(error) = loaded {
            settings.warnings.push(ConfigWarning::invalid("Invalid app-server.toml; using defaults.", &error));
        }
        settings
    }

    /// Takes over what a file says; on an error nothing of it.
    fn apply(&mut self, path: &Path, text: &str, base: PathBase<'_>) -> Result<(), Diagnostic> {
        let wrong = |error: &toml::de::Error| syntax_error(path, text, error);
        let mut unknown = Vec::new();
        let deserializer = toml::Deserializer::parse(text).map_err(|error| wrong(&error))?;
        let file: AppServerToml = serde_ignored::deserialize(deserializer, |key| {
            unknown.push(key.to_string().replace('?', ""));
        })
        .map_err(|error| wrong(&error))?;
        let mut model_providers = BTreeMap::new();
        for (id, table) in file.model_providers {
            let provider = with_base(base, || read_provider(&id, table, &mut unknown)).map_err(|message| {
                let span = crate::diagnostics::key_span(text, &["model_providers", &id]);
                Diagnostic::new(path, text, span.unwrap_or(0..0), message)
            })?;
            model_providers.insert(id, provider);
        }
        let limits = &mut self.limits;
        let defaults = *limits;
        let of = file.limits;
        limits.max_line_bytes = of.max_line_bytes.unwrap_or(defaults.max_line_bytes);
        limits.outbound_soft_bytes = of.outbound_soft_bytes.unwrap_or(defaults.outbound_soft_bytes);
        limits.outbound_hard_bytes = of.outbound_hard_bytes.unwrap_or(defaults.outbound_hard_bytes);
        limits.outbound_max_age = of.outbound_max_age_s.map_or(defaults.outbound_max_age, |age| age.0);
        limits.max_connections = of.max_connections.unwrap_or(defaults.max_connections);
        limits.requests_in_flight = of.requests_in_flight.unwrap_or(defaults.requests_in_flight);
        limits.handshake_timeout = of.handshake_timeout_s.map_or(defaults.handshake_timeout, |time| time.0);
        limits.ping_interval = of.ping_interval_s.map_or(defaults.ping_interval, Seconds::limit);
        limits.provider_deadline = of.provider_deadline_s.map_or(defaults.provider_deadline, Seconds::limit);
        limits.shutdown_drain = of.shutdown_drain_s.map_or(defaults.shutdown_drain, |time| time.0);
        limits.replay_bytes = of.replay_bytes.unwrap_or(defaults.replay_bytes);
        limits.replay_max_age = of.replay_max_age_s.map_or(defaults.replay_max_age, |age| age.0);
        self.model_providers = model_providers;
        self.metrics = file.metrics.enabled;
        self.script = file.scripted.script.map(|script| base.resolve(&script));
        unknown.sort();
        self.warnings.extend(
            unknown
                .iter()
                .map(|key| ConfigWarning::new(format!("{}: `{key}` is not known and ignored.", path.display()))),
        );
        Ok(())
    }
}

/// Reads one provider; without a word about it, it speaks chat completions and is named like its id.
fn read_provider(id: &str, mut table: toml::Table, unknown: &mut Vec<String>) -> Result<ModelProviderToml, String> {
    let wire_api_missing = !table.contains_key("wire_api");
    table.entry("name").or_insert_with(|| Value::String(id.to_owned()));
    let mut take = |key: String| unknown.push(format!("model_providers.{id}.{key}"));
    let mut provider: ModelProviderToml = decode_watched(Value::Table(table), &mut take)
        .map_err(|error| format!("model_providers.{id}: {}", error.error.to_string().trim_end().replace('\n', " ")))?;
    if wire_api_missing {
        provider.wire_api = WireApi::Chat;
    }
    if provider.base_url.is_none() {
        return Err(format!("model_providers.{id}: `base_url` is missing"));
    }
    Ok(provider)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> AppServerSettings {
        let root = tempfile::tempdir().unwrap();
        std::fs::write(root.path().join("app-server.toml"), text).unwrap();
        let home = CodexHome::new(root.path());
        AppServerSettings::load(&home, &EnvSnapshot::default(), &FileCache::default())
    }

    #[test]
    fn no_file_means_the_defaults() {
        let root = tempfile::tempdir().unwrap();
        let home = CodexHome::new(root.path());
        let settings = AppServerSettings::load(&home, &EnvSnapshot::default(), &FileCache::default());
        assert_eq!(settings.limits, Limits::default());
        assert_eq!(settings.warnings, []);
    }

    #[test]
    fn every_setting_is_taken() {
        let settings = load(
            "[limits]\nmax_line_bytes = 1\noutbound_soft_bytes = 2\noutbound_hard_bytes = 3\n\
             outbound_max_age_s = 4.5\nmax_connections = 6\nrequests_in_flight = 7\nhandshake_timeout_s = 0.25\n\
             ping_interval_s = 0\nprovider_deadline_s = 0\nshutdown_drain_s = 5\n\
             replay_bytes = 6\nreplay_max_age_s = 7\n\
             [model_providers.local]\nbase_url = 'http://127.0.0.1:1/v1'\n\
             [model_providers.other]\nbase_url = 'http://127.0.0.1:2/v1'\nname = 'Other'\nwire_api = 'responses'\n\
             [scripted]\nscript = '/scripts/a.toml'\n[metrics]\nenabled = true\n",
        );
        assert_eq!(
            settings.limits,
            Limits {
                max_line_bytes: 1,
                outbound_soft_bytes: 2,
                outbound_hard_bytes: 3,
                outbound_max_age: Duration::from_millis(4500),
                max_connections: NonZeroU32::new(6).unwrap(),
                requests_in_flight: NonZeroU32::new(7).unwrap(),
                handshake_timeout: Duration::from_millis(250),
                ping_interval: None,
                provider_deadline: None,
                shutdown_drain: Duration::from_secs(5),
                replay_bytes: 6,
                replay_max_age: Duration::from_secs(7),
            }
        );
        assert_eq!(settings.model_providers["local"].wire_api, WireApi::Chat);
        assert_eq!(settings.model_providers["local"].name, "local");
        assert_eq!(settings.model_providers["other"].wire_api, WireApi::Responses);
        assert_eq!(settings.script, Some(PathBuf::from("/scripts/a.toml")));
        assert!(settings.metrics);
        assert_eq!(settings.warnings, []);
    }

    #[test]
    fn the_readme_shows_the_defaults() {
        let readme = include_str!("../../README.md");
        let (_, shown) = readme.split_once("[limits]\n").unwrap();
        let (shown, _) = shown.split_once("\n\n").unwrap();
        let settings = load(&format!("[limits]\n{shown}\n"));
        assert_eq!(settings.limits, Limits::default());
        assert_eq!((settings.warnings, shown.lines().count()), (Vec::new(), 12), "every key, and no other one");
    }

    #[test]
    fn no_time_at_all_is_refused_where_nobody_could_connect() {
        for key in ["handshake_timeout_s", "outbound_max_age_s"] {
            let settings = load(&format!("[limits]\n{key} = 0\nrequests_in_flight = 7\n"));
            assert_eq!(settings.limits, Limits::default(), "{key}");
            assert!(format!("{:?}", settings.warnings).contains("more than 0 seconds"), "{:?}", settings.warnings);
        }
    }

    #[test]
    fn more_than_a_year_is_a_year() {
        for seconds in ["1e300", "inf", "9223372036854775807"] {
            let settings = load(&format!("[limits]\nshutdown_drain_s = {seconds}\n"));
            assert_eq!(settings.limits.shutdown_drain, Duration::from_secs(366 * 24 * 3600), "{seconds}");
        }
    }

    #[test]
    fn unknown_keys_are_warned_about() {
        let settings =
            load("nosuch = 1\n[limits]\nmax_line_bytes = 5\nx = 1\n[model_providers.a]\nbase_url = 'u'\ny = 1\n");
        assert_eq!(settings.limits.max_line_bytes, 5);
        let keys: Vec<_> = settings.warnings.iter().filter_map(|warning| warning.summary.split('`').nth(1)).collect();
        assert_eq!(keys, ["limits.x", "model_providers.a.y", "nosuch"]);
    }

    #[test]
    fn a_broken_file_leaves_the_defaults_and_says_where() {
        for (text, line, column) in [
            ("[limits]\nmax_line_bytes = -1\n", 2, 18),
            ("[limits]\nmax_line_bytes = \n", 2, 18),
            ("[limits]\nmax_connections = 0\n", 2, 19),
            ("[limits]\nping_interval_s = -1\n", 2, 19),
            ("[limits]\nping_interval_s = nan\n", 2, 19),
            ("[limits]\nping_interval_s = '1'\n", 2, 19),
            ("[limits]\nmax_line_bytes = 1\n[model_providers.a]\n", 3, 1),
        ] {
            let settings = load(text);
            assert_eq!(settings.limits, Limits::default());
            let [warning] = &*settings.warnings else {
                panic!("one warning expected: {:?}", settings.warnings);
            };
            let start = warning.range.unwrap().start;
            assert_eq!((start.line, start.column), (line, column), "{text}");
        }
    }
}
