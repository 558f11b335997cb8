//! Values as types of keys: the one door through which every table becomes typed.
//!
//! There are hundreds of types of keys, and a decoder of each for every source of values would be most of the program. So
//! there is one source: a parsed value, watched for the path of an error and for keys that no type knows.

use serde::de::DeserializeOwned;
use serde_path_to_error::{Segment, Track};
use toml::{Table, Value};

/// Why a value does not fit its type, and where.
#[derive(Debug)]
pub(crate) struct DecodeError {
    /// What is wrong.
    pub(crate) error: toml::de::Error,
    /// The path of the value that is wrong.
    pub(crate) segments: Vec<Segment>,
}

/// Reads a table as a type.
pub(crate) fn decode<T: DeserializeOwned>(table: Table) -> Result<T, toml::de::Error> {
    decode_value(Value::Table(table))
}

/// Reads a value as a type.
pub(crate) fn decode_value<T: DeserializeOwned>(value: Value) -> Result<T, toml::de::Error> {
    decode_watched(value, &mut |_| {}).map_err(|error| error.error)
}

/// Reads a value as a type; visits the dotted path of every key that the type does not know.
pub(crate) fn decode_watched<T: DeserializeOwned>(
    value: Value,
    unknown: &mut dyn FnMut(String),
) -> Result<T, DecodeError> {
    let mut visit = |path: serde_ignored::Path<'_>| unknown(key_of(&path));
    let mut visit: &mut dyn FnMut(serde_ignored::Path<'_>) = &mut visit;
    let mut track = Track::new();
    let watched = serde_ignored::Deserializer::new(value, &mut visit);
    T::deserialize(serde_path_to_error::Deserializer::new(watched, &mut track))
        .map_err(|error| DecodeError { error, segments: track.path().iter().cloned().collect() })
}

/// The dotted path of an ignored key.
fn key_of(path: &serde_ignored::Path<'_>) -> String {
    use serde_ignored::Path;
    let (parent, segment) = match path {
        Path::Root => return String::new(),
        Path::Seq { parent, index } => (parent, index.to_string()),
        Path::Map { parent, key } => (parent, key.clone()),
        Path::Some { parent } | Path::NewtypeStruct { parent } | Path::NewtypeVariant { parent } => {
            return key_of(parent);
        }
    };
    let parent = key_of(parent);
    if parent.is_empty() { segment } else { format!("{parent}.{segment}") }
}
