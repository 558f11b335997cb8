//! Where a value comes from: what every layer says about a key, and which of it counts.

use std::fmt;
use std::path::{Path, PathBuf};

use toml::Value;

use crate::diagnostics::TextPosition;
use crate::edit::{KeyPathError, format_key_path, parse_key_path, value_at};
use crate::error::ConfigError;
use crate::layers::{Layer, LayerName};
use crate::loader::ConfigLoader;

/// Keys whose values are credentials, wherever they stand.
const SECRET_KEYS: [&str; 4] = ["bearer_token", "client_secret", "experimental_bearer_token", "token"];

/// Tables whose values may be credentials.
const SECRET_TABLES: [&str; 5] = ["env", "headers", "http_headers", "query_params", "set"];

/// What the layers say about one key.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// The key, as it is written in key paths.
    pub key: String,
    /// The value in effect, merged from all layers; none when nothing is configured.
    pub value: Option<Shown>,
    /// What is in effect when nothing is configured and config/read shows a default.
    pub default: Option<Shown>,
    /// The layers that say something, the strongest first.
    pub sources: Vec<Source>,
}

/// One layer's word about a key.
#[derive(Clone, Debug, PartialEq)]
pub struct Source {
    /// The layer.
    pub layer: LayerName,
    /// What it says.
    pub value: Shown,
    /// The file, when it comes from one.
    pub file: Option<PathBuf>,
    /// The place in the file, when it can be told.
    pub position: Option<TextPosition>,
    /// Why it does not count at all; none when it does, or is merely hidden by a stronger one.
    pub disabled_reason: Option<String>,
    /// Whether nothing of it is in effect, as a stronger layer says something else.
    pub hidden: bool,
}

/// A value as it may be printed: credentials are starred out.
#[derive(Clone, Debug, PartialEq)]
pub struct Shown(Value);

impl fmt::Display for Shown {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(formatter)
    }
}

/// Why a key cannot be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// The key path is none.
    #[error(transparent)]
    Key(#[from] KeyPathError),
    /// The layers cannot be read.
    #[error(transparent)]
    Load(#[from] ConfigError),
}

impl ConfigLoader {
    /// What the layers say about a key, for a working folder where one is given.
    ///
    /// # Errors
    ///
    /// [`ExplainError`].
    pub fn explain(&self, key_path: &str, cwd: Option<&Path>) -> Result<Explanation, ExplainError> {
        let segments = parse_key_path(key_path)?;
        let stack = self.layers_now(cwd)?;
        let merged = stack.merged();
        let mut sources = Vec::new();
        let mut stronger: Vec<&Value> = Vec::new();
        for layer in stack.layers.iter().rev() {
            let Some(value) = value_at(&layer.config, &segments) else { continue };
            let enabled = layer.disabled_reason.is_none();
            // Tables add up; anything else is replaced as a whole.
            let hidden = enabled && stronger.iter().any(|above| !(above.is_table() && value.is_table()));
            sources.push(source(layer, &segments, value, hidden));
            if enabled {
                stronger.push(value);
            }
        }
        let default = match value_at(&merged, &segments) {
            Some(_) => None,
            None => self.shown_default(&segments, cwd),
        };
        Ok(Explanation {
            key: format_key_path(&segments),
            value: value_at(&merged, &segments).map(|value| shown(&segments, value)),
            default,
            sources,
        })
    }

    /// What config/read shows for a key that nobody set.
    fn shown_default(&self, segments: &[String], cwd: Option<&Path>) -> Option<Shown> {
        let read = self.read(cwd, false).ok()?;
        let (first, rest) = segments.split_first()?;
        let value = rest.iter().try_fold(read.config.get(first)?, |value, segment| value.get(segment))?;
        let value = (!value.is_null()).then(|| Value::try_from(value).ok())??;
        Some(shown(segments, &value))
    }
}

fn source(layer: &Layer, segments: &[String], value: &Value, hidden: bool) -> Source {
    Source {
        layer: layer.name.clone(),
        value: shown(segments, value),
        file: layer.file().map(Path::to_owned),
        position: layer.position_of(segments),
        disabled_reason: layer.disabled_reason.clone(),
        hidden,
    }
}

fn shown(segments: &[String], value: &Value) -> Shown {
    let (last, tables) = match segments.split_last() {
        Some((last, tables)) => (last.as_str(), tables),
        None => ("", segments),
    };
    let secret = SECRET_KEYS.contains(&last) || tables.iter().any(|table| SECRET_TABLES.contains(&table.as_str()));
    let mut value = value.clone();
    star_out(&mut value, secret, SECRET_TABLES.contains(&last));
    Shown(value)
}

/// Stars out a value that is secret, and what is secret in it.
fn star_out(value: &mut Value, secret: bool, inside_secret: bool) {
    match value {
        Value::Table(table) => {
            for (key, value) in table.iter_mut() {
                let secret = secret || inside_secret || SECRET_KEYS.contains(&key.as_str());
                star_out(value, secret, SECRET_TABLES.contains(&key.as_str()));
            }
        }
        Value::Array(elements) => elements.iter_mut().for_each(|element| star_out(element, secret, inside_secret)),
        value if secret || inside_secret => *value = Value::String("*****".to_owned()),
        _ => {}
    }
}
